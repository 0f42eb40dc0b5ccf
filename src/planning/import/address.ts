/** An address to download from, apart from what only its server may know. */
export interface Address {
  /** Without credentials: `fetch` takes no address that has them. */
  url: string;
  /** For people and for the database: without credentials, and without the query, in which there may be some. */
  shown: string;
  /** For the server. */
  headers: Record<string, string>;
}

export const isUrl = (source: string): boolean => /^https?:\/\//i.test(source);

/**
 * An address as somebody typed it; a user and a password in it become the header that asks for them (RFC 7617).
 * @throws Error in one line, without the address, when it is none
 */
export function addressOf(source: string): Address {
  const url = parsed(source);
  const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (credentials !== ':') headers.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  url.username = '';
  url.password = '';
  url.hash = '';
  const shown = `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
  return { url: url.href, shown, headers };
}

/** What may be shown of a source: a path as it is, of an address what is no secret. */
export const shownSource = (source: string): string => (isUrl(source) ? addressOf(source).shown : source);

/** The name of the file behind an address. */
export const fileNameIn = (source: string): string => decoded(parsed(source).pathname).split('/').at(-1) ?? '';

function parsed(source: string): URL {
  const url = URL.parse(source);
  // Not the address itself: it may hold a password.
  if (!url) throw new Error('the address to download from is none: its host or port cannot be read');
  return url;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

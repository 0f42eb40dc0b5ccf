import { pathOf } from './opened.js';

/**
 * A path as far as it is made of the API's own words: small letters, digits, `.`, `_`, `~` and `-`. A segment of anything else,
 * or that begins with a digit, or holds four in a row or a decimal, is what somebody has asked about. nginx's log has the same rule (snippets/access-log.conf).
 */
const words = /^(?:\/(?![0-9]|[^/]*(?:[0-9]{4}|[0-9][.][0-9]))[a-z0-9._~-]{0,40}(?![^/]))+/;

/**
 * What a log may say of the address of a request. What was asked about is nobody's business later: not the query, not the id or
 * name in a path, which ends at the first of these with `…`. The request id still joins the lines of all who had the request.
 * @param url a request's target as it came, whatever it is
 */
export function loggedPath(url: string): string {
  const path = pathOf(url);
  const known = words.exec(path)?.[0] ?? '';
  if (known === path) return path;
  return `${known.endsWith('/') ? known : `${known}/`}…`;
}

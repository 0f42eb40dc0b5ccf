/**
 * What every answer says of itself to a browser, unless its route says otherwise: its type is what it says it is, it loads
 * nothing, no page may frame it, and where it leads learns nothing of where it came from. A page of the application's own sets a
 * `Content-Security-Policy` of its own.
 */
const policies: readonly (readonly [name: string, value: string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Referrer-Policy', 'no-referrer'],
];

/** Beside those: any web page may read the answer. */
const readable: typeof policies = [
  ...policies,
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Expose-Headers', 'Allow, Content-Disposition, ETag, Retry-After, X-Request-Id'],
];

/** @returns the headers that each answer begins with */
export const answerHeaders = (anyPageMayRead: boolean): typeof policies => (anyPageMayRead ? readable : policies);

import { pathOf } from './opened.js';
import { defineProblem, invalidParameter, Problem } from './problem.js';

/** As long as nginx lets a request line be (large_client_header_buffers); the longest link of an API should be far below. */
export const targetMaxBytes = 8 * 2 ** 10;

export const addressNotNormal = defineProblem({
  slug: 'address-not-normal',
  status: 400,
  title: 'The address can be written more simply',
  explanation:
    'One address has one spelling here, so that no cache and no router takes two for one, or one for two: no `#`, no `//`, no `.` and `..` as steps of the path, nothing percent-encoded that can stand for itself, and capitals in what has to be (`%C3%A9`).',
});

/**
 * A segment of a path in the normal form of RFC 3986 (6.2.2): what is unreserved stands for itself, hexadecimal digits are
 * capitals, no step is `.` or `..`, and an encoded slash, back slash or control character is refused besides: what stands between
 * might take it for the character itself.
 */
const SEGMENT =
  "(?![.]{1,2}(?:/|$))(?:[A-Za-z0-9._~!$&'()*+,;=:@|[\\]^-]|%(?:2[0-9A-C]|3[A-F]|40|5[BDE]|60|7[B-D]|[89A-F][0-9A-F]))+";
const NORMAL_PATH = new RegExp(`^/(?:${SEGMENT}(?:/${SEGMENT})*/?)?$`);

const isUtf8 = (encoded: string): boolean => {
  try {
    decodeURIComponent(encoded);
    return true;
  } catch {
    return false;
  }
};

/** The parameter whose name or value is not percent-encoded UTF-8, undefined when all are. */
function brokenParameter(query: string): string | undefined {
  if (isUtf8(query)) return undefined;
  const pair = query.split('&').find((each) => !isUtf8(each)) ?? query;
  return pair.split('=', 1)[0]!.slice(0, 100);
}

/**
 * What is wrong with a request's target before anything looks for what it means: no two targets that pass lead to one path.
 * @param url as it came; `*` is left to who answers OPTIONS
 * @returns a problem to refuse it with, or null
 */
export function targetFault(url: string): Problem | null {
  if (url.length > targetMaxBytes) {
    const type = { slug: 'about:blank', status: 414, title: 'URI Too Long', explanation: '' };
    return new Problem(type, `The address is longer than ${targetMaxBytes / 1024} kB.`);
  }
  if (url === '*') return null;
  const path = pathOf(url);
  if (url.includes('#'))
    return new Problem(addressNotNormal, 'What stands behind # is for the client alone: leave it out.');
  if (!NORMAL_PATH.test(path) || !isUtf8(path)) {
    return new Problem(addressNotNormal, 'The path is not in its one spelling: see the page of this kind of problem.');
  }
  if (!url.includes('%', path.length)) return null;
  const parameter = brokenParameter(url.slice(path.length + 1));
  if (parameter === undefined) return null;
  const detail = `${parameter} is not percent-encoded UTF-8.`;
  return new Problem(invalidParameter, detail, { errors: [{ parameter, accepted: 'UTF-8, percent-encoded', detail }] });
}

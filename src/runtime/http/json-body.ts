import type { IncomingMessage } from 'node:http';
import { defineProblem, Problem } from './problem.js';

export const bodyTooLarge = defineProblem({
  slug: 'body-too-large',
  status: 413,
  title: 'The body is too long',
  explanation: 'The body of the request is longer than what is accepted here. Send less.',
});

export const bodyNotUnderstood = defineProblem({
  slug: 'body-not-understood',
  status: 400,
  title: 'The body is not understood',
  explanation: 'The body of the request must be JSON in UTF-8, whole and with nothing after it.',
});

export const bodyNotJson = defineProblem({
  slug: 'body-not-json',
  status: 415,
  title: 'The body is of another type',
  explanation: 'The body of the request must be JSON, and its Content-Type must say so.',
});

const tooLarge = (maxBytes: number): Problem =>
  new Problem(bodyTooLarge, `No more than ${maxBytes} bytes are accepted.`, {}, { Connection: 'close' });

/**
 * Reads the body of a request as JSON where no parser stands before it, and never holds more than `maxBytes` of it.
 * @returns what the JSON says
 * @throws Problem 415 when the body says it is something else, 413 when it is longer, 400 when it is no JSON
 */
export async function jsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const { 'content-type': type = '', 'content-length': length } = request.headers;
  if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new Problem(bodyNotJson, `Content-Type is ${type === '' ? 'missing' : `"${type.slice(0, 100)}"`}.`);
  }
  if (Number(length) > maxBytes) throw tooLarge(maxBytes);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
  } catch (error) {
    throw new Problem(bodyNotUnderstood, (error as Error).message);
  }
}

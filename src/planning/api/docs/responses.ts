import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { problemTypes } from '../../../runtime/door.js';
import { problemAnswer } from './answers.js';

const header = (id: string, schema: z.ZodType, description: string) =>
  schema.optional().meta({ description, header: { id, description } });

const requestId = header('X-Request-Id', z.string(), 'Finds the request in the log');
const etag = header('ETag', z.string(), 'Give it back in If-None-Match to be told 304 when nothing has changed');
const cacheControl = header('Cache-Control', z.string(), 'How long the answer may be kept');
const retryAfter = header('Retry-After', z.int().min(0), 'Seconds after which a second try makes sense');
const allow = header('Allow', z.string(), 'The methods there are');
const disposition = header('Content-Disposition', z.string(), 'A name for the file');

const ofAnswer = { ETag: etag, 'Cache-Control': cacheControl, 'X-Request-Id': requestId };

/** An answer that all is well. `links`: what can be asked with it. */
export const answer = (
  type: string,
  schema: z.ZodType,
  description: string,
  links?: ZodOpenApiResponseObject['links'],
): ZodOpenApiResponseObject => ({
  description,
  headers: z.object(ofAnswer),
  content: { [type]: { schema } },
  ...(links && { links }),
});

/** Bytes that no schema describes. */
const bytes = z.string().meta({ format: 'binary' });

/** A tile of the map. @param types what it may be of */
export const tileOf = (...types: string[]): ZodOpenApiResponseObject => ({
  description: 'The tile; it never changes',
  headers: z.object(ofAnswer),
  content: Object.fromEntries(types.map((type) => [type, { schema: bytes }])),
});

/** Not refused and yet nothing to send. */
export const nothing = (description: string): ZodOpenApiResponseObject => ({
  description,
  headers: z.object(ofAnswer),
});

export const gpx: ZodOpenApiResponseObject = {
  id: 'Gpx',
  description:
    'GPX 1.1: one track a loop, cut into segments at the antimeridian, with elevation where it is known. Always UTF-8.',
  headers: z.object({ ...ofAnswer, 'Content-Disposition': disposition }),
  content: { 'application/gpx+xml': { schema: z.string() } },
};

const notModified: ZodOpenApiResponseObject = {
  id: 'NotModified',
  description: 'What If-None-Match named is still the answer',
  headers: z.object(ofAnswer),
};

/** Refusals that have no page of their own: of nginx, of Node, and of whatever stands between. */
const OTHERS: Record<number, string> = {
  408: 'The request did not arrive in time',
  413: 'A body came that is too long; none is read',
  414: 'The address is too long',
  416: 'No part of the answer lies in this range',
  417: 'The request expects what cannot be met',
  429: 'Too many requests from one address',
  431: 'The headers are too long',
  501: 'No such method, or no such transfer coding, is known',
  502: 'No worker could be reached',
  504: 'No worker answered in time',
  505: 'Only HTTP/1.1, HTTP/1.0 and HTTP/2 are spoken',
};

const extraHeaders: Record<number, z.ZodRawShape> = {
  405: { Allow: allow },
  429: { 'Retry-After': retryAfter },
  502: { 'Retry-After': retryAfter },
  503: { 'Retry-After': retryAfter },
  504: { 'Retry-After': retryAfter },
};

const asProblem = (id: string, description: string, headers: z.ZodRawShape = {}): ZodOpenApiResponseObject => ({
  id,
  description,
  headers: z.object({ 'X-Request-Id': requestId, ...headers }),
  content: { 'application/problem+json': { schema: problemAnswer } },
});

/** `Bad Request` as BadRequest, the name of a component. */
const nameOf = (status: number): string => STATUS_CODES[status]!.replace(/[^A-Za-z]/g, '');

function problem(status: number): ZodOpenApiResponseObject {
  const kinds = problemTypes().filter((type) => type.status === status);
  const told = kinds.map(({ title, slug }) => `${title} (/problems/${slug})`).join('; ');
  return asProblem(nameOf(status), told || OTHERS[status]!, extraHeaders[status]);
}

/** What any request can be answered with. */
const ANY = [400, 404, 405, 408, 412, 413, 414, 416, 417, 429, 431, 500, 501, 502, 503, 504, 505];

/**
 * The answers of all operations but the good one.
 * @returns a function of the statuses that an operation has besides those that each has
 */
export function refusals(): (...statuses: number[]) => ZodOpenApiResponsesObject {
  const all = new Map([...ANY, 410, 422].map((status) => [status, problem(status)]));
  const any = asProblem('OtherProblem', 'Any other refusal has the same form');
  return (...statuses) => ({
    304: notModified,
    ...Object.fromEntries([...ANY, ...statuses].map((status) => [status, all.get(status)!])),
    default: any,
  });
}

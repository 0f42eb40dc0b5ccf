import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '../process/logger.js';
import { answerHeaders } from './policies.js';
import { Problem } from './problem.js';
import { requestId } from './request-id.js';
import { problemBody } from './send-problem.js';
import { targetMaxBytes } from './target.js';

/** What Node's parser gives up with. */
type ParseError = Error & { code?: string; rawPacket?: Buffer };

/** A request line that would be one, but for its method or version: then it says so, and otherwise is none at all. */
const REQUEST_LINE = /^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/\d/;

const DETAILS: Record<number, string> = {
  400: 'This is no HTTP request that can be understood.',
  408: 'The request did not arrive in time.',
  414: 'The address is too long.',
  417: 'No expectation but 100-continue can be met.',
  431: 'The headers are too long.',
  501: 'There is no such method, or no such transfer coding, here.',
  505: 'Only HTTP/1.1 and HTTP/1.0 are spoken here.',
};

/** A refusal that HTTP's own words are enough for. */
export const refusalOf = (status: number, detail = DETAILS[status]!): Problem =>
  new Problem({ slug: 'about:blank', status, title: STATUS_CODES[status]!, explanation: detail }, detail);

/** @returns the status that Node's word for what it could not read means (RFC 9110, 9112) */
export function statusOfUnread({ code, rawPacket }: ParseError): number {
  const text = rawPacket?.toString('latin1') ?? '';
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408;
    case 'HPE_HEADER_OVERFLOW':
      // Where the request began in the packet that was too much, its first line says which of the two it is.
      return /^[A-Z]+ \S/.test(text) && text.split('\n', 1)[0]!.length > targetMaxBytes ? 414 : 431;
    case 'HPE_INVALID_METHOD':
      return REQUEST_LINE.test(text) ? 501 : 400;
    case 'HPE_INVALID_TRANSFER_ENCODING':
      return 501;
    case 'HPE_INVALID_VERSION':
      return 505;
    default:
      return 400;
  }
}

/** The id that nginx has given the request, where it came so far. */
const idIn = ({ rawPacket }: ParseError): string | undefined =>
  /^x-request-id: *(\S+)\r$/im.exec(rawPacket?.toString('latin1') ?? '')?.[1];

/** Whether an answer is already on its way, into which no other may be written. */
const isAnswering = (socket: Duplex): boolean =>
  (socket as Duplex & { _httpMessage?: ServerResponse | null })._httpMessage?.headersSent === true;

/**
 * Answers what Node refuses by itself, before there is a request (no HTTP, an unknown method, too long a header, too slow), in the
 * form of every other refusal, and with a line in the log. Its own answer would be a status line and nothing else.
 */
export function refuseUnread(server: Server, log: Logger, anyPageMayRead: boolean): void {
  const refuse = (socket: Duplex, status: number, given?: string): void => {
    const id = requestId(given);
    const body = problemBody(refusalOf(status), null, id);
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `X-Request-Id: ${id}`,
      ...answerHeaders(anyPageMayRead).map(([name, value]) => `${name}: ${value}`),
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      `Date: ${new Date().toUTCString()}`,
      'Connection: close',
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
    log.info({ requestId: id, status, problem: 'about:blank' }, 'request');
  };
  server.on('clientError', (error: ParseError, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) socket.destroy();
    else refuse(socket, statusOfUnread(error), idIn(error));
  });
  server.on('connect', ({ headers }, socket) => refuse(socket, 501, String(headers['x-request-id'])));
  // The edge refuses it, as it refuses all that could be read.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    server.emit('request', request, response),
  );
}

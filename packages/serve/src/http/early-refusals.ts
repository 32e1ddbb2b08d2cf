import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, errorEntry, SemblanceError } from '../error.ts';
import type { Compat } from './contracts.ts';
import { errorBody, sendError } from './errors.ts';

/** What Node.js finds wrong with the bytes of a connection, as status, code and sentence. */
const wrongBytes: Readonly<Record<string, [status: string, code: ErrorCode, message?: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'REQUEST_TIMEOUT'],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'REQUEST_TOO_LARGE',
    'the address and the headers of the request are larger than 16 KiB',
  ],
};
const noRequest: [string, ErrorCode, string] = [
  '400 Bad Request',
  'REQUEST_INVALID',
  'the bytes are no HTTP/1.1 request',
];

/** Answers bytes that are no request, or come too slowly: they have no route yet, but their refusal has the shape of all. */
export function refuseBytes(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code, message = errorEntry(code).sentence] = wrongBytes[error.code ?? ''] ?? noRequest;
  const body = JSON.stringify(errorBody(code, message));
  const head = [
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  if (socket.writable) {
    socket.write([`HTTP/1.1 ${status}`, ...head, 'connection: close', '', body].join('\r\n'));
  }
  socket.destroySoon();
}

/** Answers addresses that the router cannot read. */
export const refuseAddress =
  (compat: Compat) =>
  (error: { code?: string }, request: FastifyRequest, reply: FastifyReply): void => {
    const isLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
    const message = isLong
      ? 'a part of the address is too long'
      : 'the address is no text that is encoded as UTF-8';
    reply.header('x-request-id', request.id);
    sendError(new SemblanceError('REQUEST_INVALID', message), request, reply, compat);
  };

/** Answers expectations that nobody meets: Node.js by itself would with nothing but a status. */
export function refuseExpectations(server: Server): void {
  server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) => {
    const message = 'of the header expect only 100-continue is met';
    response.writeHead(417, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
    response.end(JSON.stringify(errorBody('REQUEST_INVALID', message)));
  });
}

/** @throws SemblanceError REQUEST_INVALID where a request of HTTP/1.1 names no host (RFC 9112, 3.2) */
export function requireHost({ raw }: FastifyRequest): void {
  if (raw.httpVersion === '1.1' && raw.headers.host === undefined) {
    throw new SemblanceError('REQUEST_INVALID', 'the header host is missing');
  }
}

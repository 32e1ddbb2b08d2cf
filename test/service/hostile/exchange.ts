import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { WireRequest } from './request.ts';

/** An answer as it came over the wire. */
export interface WireAnswer {
  status: number;
  headers: Map<string, string>;
  body: Buffer;
}

export interface Exchange {
  answers: WireAnswer[];
  /** Bytes behind the last answer that are none. */
  rest: Buffer;
  /** Whether the service closed the connection, in whatever way; false where it was waited for in vain. */
  isClosed: boolean;
}

/** How long an answer may take; one that never ends, as a stream of events, is left after a moment. */
const LONGEST_MS = 120_000;
const STREAM_MS = 300;
/** After this time what is half is ended. */
const HALF_CLOSE_MS = 100;

/** Sends the bytes of a request and reads what comes back until the connection ends. */
export async function exchange(port: number, request: WireRequest): Promise<Exchange> {
  const { bytes, cuts = [], end = 'wait', isHead = false } = request;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const received: Buffer[] = [];
  let isClosed = false;
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    received.push(chunk);
    if (isStream(received)) setTimeout(() => socket.destroy(), STREAM_MS);
  });
  socket.on('end', () => {
    isClosed = true;
    socket.end();
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.setTimeout(LONGEST_MS, () => socket.destroy());
  const at = [0, ...cuts.filter((cut) => cut > 0 && cut < bytes.length), bytes.length];
  for (let i = 1; i < at.length; i++) {
    await send(socket, bytes.subarray(at[i - 1]!, at[i]!));
    if (at.length > 2) await turn();
  }
  if (end === 'half-close') setTimeout(() => socket.end(), HALF_CLOSE_MS);
  if (end === 'leave') socket.destroy();
  await closed;
  const { answers, rest } = parseAnswers(Buffer.concat(received), isHead);
  // a reset counts as closed: the service ended it
  return { answers, rest, isClosed: isClosed || socket.errored !== null || answers.length > 0 };
}

/** Resolves once the kernel has the bytes, or the connection is no more. */
async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.destroyed || socket.write(bytes)) return;
  await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
}

/** Whether the answer is a stream of events: its head may come behind one that lets a body come. */
const isStream = (received: readonly Buffer[]): boolean =>
  /^(HTTP\/1\.1 100 [^\r]*\r\n\r\n)?HTTP\/1\.1 200 [\s\S]*\r\ncontent-type: text\/event-stream/i.test(
    Buffer.concat(received.slice(0, 4)).toString('latin1', 0, 4000),
  );

/** The answers in a stream of bytes, one after the other. */
function parseAnswers(bytes: Buffer, isHead: boolean): { answers: WireAnswer[]; rest: Buffer } {
  const answers: WireAnswer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const headEnd = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.toString('latin1', 0, Math.max(0, headEnd)).split('\r\n');
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
    if (status === undefined) return { answers, rest };
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    rest = rest.subarray(headEnd + 4);
    if (status.startsWith('1')) continue; // another one follows
    const body =
      isHead || ['204', '304'].includes(status) ? { content: Buffer.alloc(0), rest } : bodyOf(rest, headers);
    answers.push({ status: Number(status), headers, body: body.content });
    rest = body.rest;
  }
  return { answers, rest };
}

function bodyOf(bytes: Buffer, headers: Map<string, string>): { content: Buffer; rest: Buffer } {
  const length = headers.get('content-length');
  if (length !== undefined) {
    return { content: bytes.subarray(0, Number(length)), rest: bytes.subarray(Number(length)) };
  }
  if (headers.get('transfer-encoding') !== 'chunked') return { content: bytes, rest: Buffer.alloc(0) };
  const pieces: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const lineEnd = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.toString('latin1', 0, Math.max(0, lineEnd)), 16);
    // a stream that was left has no last chunk
    if (!(size > 0))
      return { content: Buffer.concat(pieces), rest: rest.subarray(lineEnd < 0 ? rest.length : lineEnd + 4) };
    pieces.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    rest = rest.subarray(lineEnd + 4 + size);
  }
}

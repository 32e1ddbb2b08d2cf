/** A request as it goes over the wire, and how it is sent. */
export interface WireRequest {
  /** What it is, in a few words. */
  what: string;
  bytes: Buffer;
  /** Whether the head asks for no body of the answer. */
  isHead?: boolean;
  /** Where the bytes are cut into pieces that are sent one after the other. */
  cuts?: readonly number[];
  /** What follows the last piece: wait for the answer, send the end of the stream, or leave without a word. */
  end?: 'wait' | 'half-close' | 'leave';
  /** Whether it may be left without an answer: it is not whole, or too large to be read to its end. */
  mayBeSilent?: boolean;
}

export interface RequestParts {
  method: string;
  target: string;
  headers: readonly (readonly [name: string, value: string])[];
  body?: Uint8Array;
  isChunked?: boolean;
}

/** A whole request, whose connection ends after the answer. */
export function wireBytes({ method, target, headers, body, isChunked = false }: RequestParts): Buffer {
  const lines = [`${method} ${target} HTTP/1.1`, 'host: x', 'connection: close'];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (body) lines.push(isChunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return Buffer.concat([head, ...(body ? (isChunked ? chunksOf(body) : [body]) : [])]);
}

function chunksOf(body: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const size = Math.max(1, Math.ceil(body.length / 3));
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    pieces.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return [...pieces, Buffer.from('0\r\n\r\n')];
}

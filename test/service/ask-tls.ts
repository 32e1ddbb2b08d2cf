import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}
interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: FormData | Uint8Array;
}

/** Begins a request over TLS, whoever signed the certificate; gives the answer as it arrives. */
export async function beginTls(
  url: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<IncomingMessage> {
  const sent = new Request('http://x', { method, ...(body ? { body: body as FormData } : {}) });
  const bytes = Buffer.from(await sent.arrayBuffer());
  const type = sent.headers.get('content-type');
  const own = {
    ...(type ? { 'content-type': type } : {}),
    ...(body ? { 'content-length': String(bytes.length) } : {}),
  };
  const asked = request(url, {
    method,
    agent: false,
    rejectUnauthorized: false,
    headers: { ...own, ...headers },
  });
  const answered = once(asked, 'response');
  // whoever is refused early has not sent all of it
  asked.on('error', () => {});
  asked.end(bytes);
  return (await answered)[0];
}

/** Asks over TLS and reads the whole answer. */
export async function askTls(url: string, asked: Asked = {}): Promise<Answer> {
  const answer = await beginTls(url, asked);
  const pieces: Buffer[] = [];
  answer.on('data', (piece) => pieces.push(piece));
  await once(answer, 'close');
  return { status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(pieces).toString() };
}

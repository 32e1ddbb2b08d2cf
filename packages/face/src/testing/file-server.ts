import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FileServer {
  url: string;
  /** Every request so far, as `GET /path bytes=10-`. */
  requests: string[];
  close(): Promise<void>;
}

/** What a server does with a request for a file, `n` counting the requests before it. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  n: number,
) => unknown | Promise<unknown>;

/** A server on loopback for tests of downloads: one answer for each path, 404 for every other. */
export async function serveFiles(answers: Readonly<Record<string, Answer>>): Promise<FileServer> {
  const requests: string[] = [];
  const counts = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const path = request.url!;
    requests.push([request.method, path, request.headers.range].filter(Boolean).join(' '));
    const n = counts.get(path) ?? 0;
    counts.set(path, n + 1);
    const answer = answers[path];
    if (answer) await answer(request, response, n);
    else response.writeHead(404).end('nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Serves bytes as a good server does, parts of them too. */
export function bytes(content: Uint8Array, type = 'application/octet-stream'): Answer {
  return (request, response) => {
    const start = startOf(request);
    if (start >= content.length && start > 0)
      return response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    const body = content.subarray(start);
    const headers = { 'content-type': type, 'content-length': body.length };
    if (start === 0) return response.writeHead(200, headers).end(body);
    const range = `bytes ${start}-${content.length - 1}/${content.length}`;
    return response.writeHead(206, { ...headers, 'content-range': range }).end(body);
  };
}

/** Serves like {@link bytes}, but breaks the connection off after so many bytes of each body. */
export function breaking(content: Uint8Array, after: number): Answer {
  return (request, response) => {
    const start = startOf(request);
    const body = content.subarray(start);
    if (body.length <= after) return bytes(content)(request, response, 0);
    const range = `bytes ${start}-${content.length - 1}/${content.length}`;
    const more = start > 0 ? { 'content-range': range } : {};
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': body.length, ...more });
    response.write(body.subarray(0, after));
    // a reset at once would take with it what is still under way
    setTimeout(() => response.destroy(), 30);
  };
}

/** Where the asked-for part begins. */
export function startOf(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
}

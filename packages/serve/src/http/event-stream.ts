import type { FastifyReply } from 'fastify';

/** How often something is said so that nobody on the way takes the connection for dead. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Answers with server-sent events, one for each thing that comes, and `end` after the last; waits where the reader is slow.
 *
 * @param events gives what each event says: its name, its data, and an id to go on from.
 */
export async function sendEvents(
  reply: FastifyReply,
  events: AsyncIterable<{ event: string; data: unknown; id?: string }>,
  gone: AbortSignal,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  // the reader knows that it is listened to, however long nothing happens
  raw.flushHeaders();
  const keepAlive = setInterval(() => raw.write(':\n\n'), KEEP_ALIVE_MS);
  try {
    for await (const { event, data, id } of events) {
      if (gone.aborted) return;
      const head = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\n`;
      const isTaken = raw.write(`${head}data: ${JSON.stringify(data)}\n\n`);
      if (!isTaken) await drained(raw, gone);
    }
    raw.write('event: end\ndata: {}\n\n');
  } finally {
    clearInterval(keepAlive);
    raw.end();
  }
}

function drained(raw: FastifyReply['raw'], gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      raw.off('drain', done);
      gone.removeEventListener('abort', done);
      resolve();
    };
    raw.once('drain', done);
    gone.addEventListener('abort', done, { once: true });
  });
}

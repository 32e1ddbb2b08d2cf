import { SemblanceError } from '../error.ts';

/** What can be listened with: a fastify app. */
interface Listener {
  listen(options: { host: string; port: number }): Promise<string>;
}

/**
 * Listens at an address; gives it as a URL.
 *
 * @throws SemblanceError ADDRESS_IN_USE, ADDRESS_UNAVAILABLE
 */
export async function listen(app: Listener, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const say = refusals[code];
    if (!say) throw cause;
    const isTaken = code === 'EADDRINUSE';
    throw new SemblanceError(isTaken ? 'ADDRESS_IN_USE' : 'ADDRESS_UNAVAILABLE', say(host, port), { cause });
  }
}

const notHere = (host: string): string =>
  `this machine has no address ${host}: use 127.0.0.1 for itself alone, 0.0.0.0 for whoever reaches it`;

const refusals: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `another program listens at port ${port} of ${host}: end it, or choose another port (0 takes a free one)`,
  EACCES: (_, port) => `this user may not listen at port ${port}: choose one from 1024 on`,
  EADDRNOTAVAIL: notHere,
  ENOTFOUND: notHere,
  EAI_AGAIN: notHere,
  EINVAL: notHere,
};

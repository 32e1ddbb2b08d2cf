import { stat } from 'node:fs/promises';
import type { Server } from 'node:tls';
import { asSemblanceError } from '../error.ts';
import type { ServiceLog } from '../log/service-log.ts';
import { readTlsPair, type TlsFiles, type TlsPair, timeProblem } from './tls-pair.ts';

/** How often it is looked whether the files have changed. */
const LOOK_EVERY_MS = 1000;

/**
 * Follows the files of a certificate that is served: a renewed one is taken for the next connection, open ones go on. Files
 * that do not fit together change nothing, and are said once they were so at two looks: rarely are both written at one
 * moment. A certificate that has expired is said, too.
 *
 * @returns what ends it
 */
export function followTls(
  server: Pick<Server, 'setSecureContext'>,
  files: TlsFiles,
  first: TlsPair,
  log: ServiceLog,
): () => void {
  let pair = first;
  let stamp = '';
  let trouble: { message: string; looks: number } | null = null;
  let saidOf: TlsPair | null = null;

  async function renew(): Promise<void> {
    const now = await stampOf(files);
    if (now === stamp && trouble === null) return;
    stamp = now;
    try {
      const read = await readTlsPair(files);
      trouble = null;
      if (read.cert === pair.cert && read.key === pair.key) return;
      pair = read;
      server.setSecureContext({ cert: pair.cert, key: pair.key });
      log.event('info', `the certificate in ${files.cert} is renewed until ${pair.until.toISOString()}`);
    } catch (error) {
      const { code, message } = asSemblanceError(error);
      const looks = trouble?.message === message ? trouble.looks + 1 : 1;
      trouble = { message, looks };
      if (looks === 2) log.event('error', `the certificate stays as it was read last: ${message}`, { code });
    }
  }
  function sayTime(): void {
    const wrong = timeProblem(pair);
    if (wrong === null || saidOf === pair) return;
    saidOf = pair;
    log.event('error', `the certificate in ${files.cert} ${wrong}`);
  }

  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await renew();
    isLooking = false;
    sayTime();
  }, LOOK_EVERY_MS).unref();
  sayTime();
  return () => clearInterval(timer);
}

/** Differs where a file is another one, or has been written; links, as certbot's, are followed. */
async function stampOf({ cert, key }: TlsFiles): Promise<string> {
  const stamps = [cert, key].map(async (path) => {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  });
  return (await Promise.all(stamps.map((stamp) => stamp.catch(() => 'none')))).join('; ');
}

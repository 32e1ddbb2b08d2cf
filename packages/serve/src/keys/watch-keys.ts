import type { ServiceLog } from '../log/service-log.ts';
import type { KeyFile } from './key-file.ts';

/** How often it is said that the file cannot be read. */
const SAY_EVERY_MS = 60_000;

/**
 * Follows a key file: what is given back is called before each look at a key, so that one that was revoked is refused from the
 * next request on. A file that cannot be read is said at most once a minute.
 */
export function watchKeys(keys: KeyFile, log: ServiceLog): () => void {
  let saidMs = -Infinity;
  return () => {
    keys.follow();
    if (keys.problem === null || performance.now() - saidMs < SAY_EVERY_MS) return;
    saidMs = performance.now();
    const { code, message } = keys.problem;
    log.event('error', `the keys stay as they were read last: ${message}`, { code });
  };
}

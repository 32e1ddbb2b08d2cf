import { SemblanceError } from '../error.ts';

/** Counts a request of a key. @throws SemblanceError RATE_LIMITED, with the milliseconds to wait in its details. */
export type RateLimit = (key: string) => Promise<void>;

/**
 * Lets through `perSecond` requests of a key on average, and up to `burst` at once: a key's bucket holds `burst` tokens, a
 * request takes one, and they come back evenly.
 *
 * Windows, as the libraries for Node.js count, would not do: a client that floods uses a window up at its start, when the
 * service is full anyway, and has none left while the service idles.
 *
 * @param limits requests each second, more than 0, and at once, at least 1.
 */
export function createRateLimit({ perSecond, burst }: { perSecond: number; burst: number }): RateLimit {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return async (key) => {
    const nowMs = performance.now();
    const { tokens: before, atMs } = buckets.get(key) ?? { tokens: burst, atMs: nowMs };
    const tokens = Math.min(burst, before + ((nowMs - atMs) / 1000) * perSecond);
    const isLetThrough = tokens >= 1;
    buckets.set(key, { tokens: isLetThrough ? tokens - 1 : tokens, atMs: nowMs });
    if (isLetThrough) return;
    const retryMs = ((1 - tokens) / perSecond) * 1000;
    throw new SemblanceError('RATE_LIMITED', undefined, { details: { retryMs } });
  };
}

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SemblanceError } from '../error.ts';

/** Counts a request of a key. @throws SemblanceError RATE_LIMITED, with the milliseconds to wait in its details. */
export type RateLimit = (key: string) => Promise<void>;

/**
 * Lets through `perSecond` requests of a key on average, `burst` of them at once: the time in which `burst` requests may come
 * begins with the first of them, and is as long as the average asks for.
 *
 * @param limits requests each second, more than 0, and at once, at least 1.
 */
export function createRateLimit({ perSecond, burst }: { perSecond: number; burst: number }): RateLimit {
  const points = Math.max(1, Math.floor(burst));
  const limiter = new RateLimiterMemory({ points, duration: points / perSecond });
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new SemblanceError('RATE_LIMITED', undefined, { details: { retryMs: refusal.msBeforeNext } });
    }
  };
}

/** The longest that a server's word of when to come again is taken for. */
const MOST_WAIT_MS = 30_000;
/** Of a server that is busy, or is just being replaced: nothing was done yet. */
const TRIED_AGAIN = [429, 503];

/**
 * A `fetch` that asks again where the service has no place now, as many times as `retries`, after as long as it says.
 *
 * What fails without an answer is not sent again: it may have been done.
 */
export function retrying(fetch: typeof globalThis.fetch, retries: number): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    for (let tried = 0; ; tried++) {
      const response = await fetch(tried < retries ? request.clone() : request);
      if (tried >= retries || !TRIED_AGAIN.includes(response.status)) return response;
      await response.body?.cancel();
      await pause(waitMs(response, tried), request.signal);
    }
  };
}

function waitMs(response: Response, tried: number): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const ms = Number.isFinite(seconds) ? 1000 * seconds : 250 * 2 ** tried;
  // not all clients come back at once
  return Math.min(ms, MOST_WAIT_MS) * (1 + 0.1 * Math.random());
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

import type { Env } from '@semblance/core';
import type { Dispatcher, Response } from 'undici';

/** A body that gives no byte for so long is given up. */
const IDLE_MS = 30_000;

export type { Response } from 'undici';

/** Asks for a URL by GET; redirects are followed. */
export type Fetch = (url: string, headers: Record<string, string>, signal?: AbortSignal) => Promise<Response>;

/**
 * A client that goes through the proxies of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY) and is closed when the
 * work is done.
 */
export async function openHttp(
  env: Env,
  idleMs = IDLE_MS,
): Promise<{ fetch: Fetch; close(): Promise<void> }> {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const either = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const httpProxy = either('HTTP_PROXY');
  const httpsProxy = either('HTTPS_PROXY');
  const dispatcher: Dispatcher = new EnvHttpProxyAgent({
    // an empty text is no proxy; left out, undici would read the process's own environment
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? httpProxy ?? '',
    noProxy: either('NO_PROXY') ?? '',
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
    connect: { timeout: idleMs },
  });
  return {
    fetch: (url, headers, signal) => fetch(url, { headers, dispatcher, ...(signal ? { signal } : {}) }),
    close: () => dispatcher.destroy(),
  };
}

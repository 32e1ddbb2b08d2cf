import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';

/** Debian's and Ubuntu's; `semblance setup tests` installs it. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
export const hasBrowser = executablePath !== undefined;

/** Sizes of screens that the page is held to. */
export const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

/** The longest that something is waited for, on the slowest machine. */
const MOST_MS = 120_000;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executablePath!,
    // root has no sandbox, and containers little shared memory
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    ],
  });

export interface Watched {
  context: BrowserContext;
  page: Page;
  /** Errors of the console, requests that failed or were refused, and those that left the origin. */
  complaints: string[];
  /** Every request that was answered, with the bytes of the body that came over the wire. */
  requests(): Promise<{ url: string; sizeBytes: number }[]>;
}

/** A page of its own, as nobody has seen the service before, all of whose complaints are kept. */
export async function openWatched(
  browser: Browser,
  origin: string,
  { size = 'wide' as keyof typeof sizes, ...options } = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: sizes[size], hasTouch: size === 'phone', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(MOST_MS);
  const complaints: string[] = [];
  const finished: Request[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {};
    // what the page itself has given up
    if (errorText !== 'net::ERR_ABORTED') complaints.push(`${request.url()} failed: ${errorText}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(blob|data):/.test(url))
      complaints.push(`${url} left the origin`);
  });
  page.on('requestfinished', (request) => void finished.push(request));
  const requests = () =>
    Promise.all(
      finished.map(async (request) => ({
        url: request.url(),
        // one from the browser's own memory has none
        sizeBytes: Math.max(0, (await request.sizes()).responseBodySize),
      })),
    );
  return { context, page, complaints, requests };
}

/** The same, signed in with a key, at an address of the page. */
export async function signedIn(
  browser: Browser,
  origin: string,
  key: string,
  { path = '/', ...options }: { path?: string; size?: keyof typeof sizes } & object = {},
): Promise<Watched> {
  const watched = await openWatched(browser, origin, options);
  const { page } = watched;
  await page.goto(`${origin}/ui${path}`);
  await page.locator('input[name=key]').fill(key);
  await page.keyboard.press('Enter');
  await page.locator('input[name=key]').waitFor({ state: 'detached' });
  return watched;
}

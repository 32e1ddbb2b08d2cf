import cors from '@fastify/cors';
import { SemblanceError } from '../error.ts';
import type { App } from './service.ts';

/** How long a browser may keep what it was told, in seconds. */
const MAX_AGE_SECONDS = 600;

/**
 * Lets pages of these origins call the service from a browser, and answers what browsers ask before they do; pages of
 * others, and all where none is given, are kept from it by the browser.
 *
 * @param origins as `https://kiosk.example`, or `*` for any. Keys are sent in headers and never by a browser itself, so
 * that a page has no more rights than the key it was given.
 */
export async function allowOrigins(app: App, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: ['retry-after'],
    maxAge: MAX_AGE_SECONDS,
  });
}

/** @throws SemblanceError USAGE_INVALID_VALUE for what is no origin, as browsers write them. */
export function checkOrigin(origin: string): void {
  if (origin === '*' || (/^https?:/.test(origin) && URL.parse(origin)?.origin === origin)) return;
  const meant = URL.parse(origin)?.origin;
  const hint = meant && meant !== 'null' ? `: did you mean ${meant}?` : '';
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected an origin as https://kiosk.example, or *, but received ${origin}${hint}`,
  );
}

import { readFileSync } from 'node:fs';

/** That of the package. */
export function version(): string {
  const json = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(json) as { version: string }).version;
}

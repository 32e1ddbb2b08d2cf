/**
 * Where the built page lies.
 *
 * @module
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the built page: `index.html`, and `assets` whose names hold their hash, each beside its compressed forms.
 *
 * @returns null where it was not built, as in a fresh checkout; `npm run build:web` builds it.
 * @example
 * ```ts
 * import { pageFolder } from '@semblance/web';
 *
 * const folder = pageFolder();
 * console.log(folder === null || folder.endsWith('build')); // true
 * ```
 */
export function pageFolder(): string | null {
  const folder = fileURLToPath(new URL('../build', import.meta.url));
  return existsSync(`${folder}/index.html`) ? folder : null;
}

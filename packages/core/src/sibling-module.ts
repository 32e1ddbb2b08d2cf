import { extname } from 'node:path';

/**
 * The URL of a module that is started by its place: a worker thread, a process of its own. It has the extension of the
 * module that names it, so that it is found in the sources (.ts) as well as in a published package (.js).
 *
 * @param from `import.meta.url` of the module that names it
 * @param path relative to `from`, without an extension
 * @example
 * ```ts
 * import { siblingModule } from '@semblance/core';
 *
 * console.log(siblingModule('file:///app/src/main.ts', './worker').href); // file:///app/src/worker.ts
 * console.log(siblingModule('file:///app/dist/main.js', './worker').href); // file:///app/dist/worker.js
 * ```
 */
export function siblingModule(from: string, path: string): URL {
  return new URL(path + extname(new URL(from).pathname), from);
}

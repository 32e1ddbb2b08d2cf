import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../model.ts';
import type { GroupSpec, WorkerGroup } from './executor.ts';

/** In place of a launcher's identity: this worker is never to begin. */
export const BARRED = '{"barred":true}\n';

export const workerDir = (group: WorkerGroup, worker: number): string => join(group.dir, `worker-${worker}`);

/** The first proposal is what counts, also for one who comes to start the group later. */
export function settled(group: WorkerGroup, proposed: GroupSpec): GroupSpec {
  const path = join(group.dir, 'group.json');
  putOnce(path, JSON.stringify(proposed));
  return JSON.parse(readFileSync(path, 'utf8')) as GroupSpec;
}

/** Writes a file whole, unless it is there already. */
export function putOnce(path: string, content: string): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content);
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Who runs the worker; null where it has not begun. */
export function readStart(dir: string): ProcessIdentity | 'barred' | null {
  const text = readIfThere(join(dir, 'start'));
  if (text === null) return null;
  return text === BARRED ? 'barred' : (JSON.parse(text) as ProcessIdentity);
}

/** How the worker ended, as its launcher wrote it down; null where it has not. */
export function readExit(dir: string): { state: 'ended'; code: number; atMs: number } | null {
  const path = join(dir, 'exit');
  const exit = readIfThere(path);
  return exit === null ? null : { state: 'ended', code: Number(exit), atMs: statSync(path).mtimeMs };
}

export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolderSync, writeFileAsideSync } from '@semblance/core/files';
import type { WorkerGroup, WorkerSight } from '../executor.ts';
import type { ObjectKind } from './options.ts';

/** The object of the cluster that runs a group. */
export interface Started {
  object: ObjectKind;
  name: string;
  uid: string;
}

/**
 * What is known of a group for good, in its folder: that it was started, that it was told to end, that it never begins,
 * how it ended. The cluster forgets: its objects go when their version has ended, or somebody deletes them.
 */
export class GroupFiles {
  private readonly dir: string;

  constructor({ dir }: WorkerGroup) {
    this.dir = dir;
  }

  get started(): Started | null {
    return this.read<Started>('started.json');
  }
  set started(started: Started) {
    this.write('started.json', started);
  }

  get isBarred(): boolean {
    return existsSync(join(this.dir, 'barred'));
  }
  bar(): void {
    this.write('barred', true);
  }

  /** Whether it was told to end. */
  get isEnding(): boolean {
    return existsSync(join(this.dir, 'ending'));
  }
  tellToEnd(): void {
    this.write('ending', true);
  }

  get ended(): WorkerSight[] | null {
    return this.read<WorkerSight[]>('ended.json');
  }
  set ended(sights: WorkerSight[]) {
    this.write('ended.json', sights);
  }

  /** The file of each worker that its pod's log goes to. */
  get logs(): string[] | null {
    return this.read('logs.json');
  }
  set logs(files: string[]) {
    this.write('logs.json', files);
  }

  logPlace(worker: number): string {
    makeFolderSync(join(this.dir, `worker-${worker}`));
    return join(this.dir, `worker-${worker}`, 'log.json');
  }

  /** How the command ended, by its own script: for a pod that nobody saw end. */
  exitOf(worker: number): { code: number; atMs: number } | null {
    const path = join(this.dir, `worker-${worker}`, 'exit');
    if (!existsSync(path)) return null;
    return { code: Number(readFileSync(path, 'utf8')), atMs: statSync(path).mtimeMs };
  }

  /** Whether the command was begun, by its own script. */
  hasBegun(worker: number): boolean {
    return existsSync(join(this.dir, `worker-${worker}`, 'began'));
  }

  private read<T>(name: string): T | null {
    const path = join(this.dir, name);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
  }

  private write(name: string, value: unknown): void {
    makeFolderSync(this.dir);
    writeFileAsideSync(join(this.dir, name), JSON.stringify(value));
  }
}

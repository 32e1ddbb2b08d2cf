import type { VersionSpec } from '../model.ts';
import type { JobParts } from '../parts.ts';
import type { Executor } from './executor.ts';
import { localExecutor } from './local.ts';

/** The executors of a supervisor, each opened when a version first needs it. */
export class Executors {
  /** Runs the steps before and after the work of every version, and the work of those that chose nothing else. */
  readonly local: Executor = localExecutor();
  /** Groups that were ended while their executor could not be opened. */
  private readonly barred = new Set<string>();
  private readonly opened = new Map<string, Promise<Executor>>();

  private readonly parts: JobParts;
  private readonly home: string;

  constructor(parts: JobParts, home: string) {
    this.parts = parts;
    this.home = home;
  }

  /** What runs the work of a version. One that cannot be opened says so where something is to be started. */
  of({ executor }: Pick<VersionSpec, 'executor'>): Promise<Executor> {
    if (executor === undefined || executor.name === this.local.name) return Promise.resolve(this.local);
    const key = JSON.stringify([executor.name, executor.options]);
    let opening = this.opened.get(key);
    if (!opening) {
      opening = this.open(executor.name, executor.options).catch((error: unknown) => {
        // the next version may find it mended
        this.opened.delete(key);
        return closedExecutor(executor.name, error, this.barred);
      });
      this.opened.set(key, opening);
    }
    return opening;
  }

  /** Those that were opened, but for this machine's. */
  all(): Promise<Executor[]> {
    return Promise.all(this.opened.values());
  }

  private async open(name: string, options: Readonly<Record<string, string>>): Promise<Executor> {
    return this.parts.executor(name).open(options, this.home);
  }

  async close(): Promise<void> {
    for (const opening of this.opened.values()) await (await opening).close?.();
  }
}

/** In place of an executor that cannot be opened: nothing runs there that could be seen, and nothing can be started. */
const closedExecutor = (name: string, error: unknown, barred: Set<string>): Executor => ({
  name,
  start: () => Promise.reject(error),
  look: async ({ dir, numWorkers }) =>
    Array.from({ length: numWorkers }, () => ({ state: barred.has(dir) ? 'barred' : 'absent' })),
  end: async ({ dir }) => void barred.add(dir),
  endLeftovers: async () => 0,
});

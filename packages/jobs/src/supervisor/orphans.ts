import type { Executor } from '../executor/executor.ts';
import { MARK } from '../executor/local.ts';
import { processesMarked } from '../executor/process-table.ts';
import { fullName } from '../model.ts';
import { isEnded } from '../states.ts';
import type { SupervisorContext } from './context.ts';
import type { Neighbours } from './neighbours.ts';

/** Between looks into queues. */
const LOOK_MS = 5000;
/** Newest versions whose executors are asked for what is left. */
const NUM_RECENT = 50;

/**
 * Ends what is left of versions that have ended, or are gone: processes of this machine whose supervisor died before he
 * could, and jobs of a queue that came back when its controller was killed and had forgotten their end.
 */
export class Orphans {
  private lookedMs = 0;
  /** Marks that were left when the queues were looked into before: a job that is just leaving is none. */
  private before = new Set<string>();
  private readonly context: SupervisorContext;
  private readonly neighbours: Pick<Neighbours, 'takenBy'>;

  constructor(context: SupervisorContext, neighbours: Pick<Neighbours, 'takenBy'>) {
    this.context = context;
    this.neighbours = neighbours;
  }

  /** When a supervisor begins: of this machine, and of where the newest versions ran. */
  async endFirst(): Promise<void> {
    const { store, executors, say } = this.context;
    for (const mark of this.marksHere()) {
      const name = await this.endedVersion(mark);
      if (name === null) continue;
      say(`ended ${await executors.local.endLeftovers(mark)} processes left of ${name}`);
    }
    for (const { spec } of await store.list({ newestFirst: true, limit: NUM_RECENT }))
      await executors.of(spec);
  }

  /** When the folder of the jobs was removed: every process of this machine that works for one of them. */
  async endEvery(): Promise<void> {
    for (const mark of this.marksHere()) await this.context.executors.local.endLeftovers(mark);
  }

  private marksHere(): Set<string> {
    const start = `${this.context.store.id}:`;
    return new Set(processesMarked((mark) => mark.startsWith(start), MARK).map(({ mark }) => mark));
  }

  /** From time to time, of the queues that were opened. @returns whether anything was left */
  async end(): Promise<boolean> {
    if (Date.now() - this.lookedMs < LOOK_MS) return this.before.size > 0;
    this.lookedMs = Date.now();
    const left = new Set<string>();
    const { executors, seat } = this.context;
    // a machine that was cut off finds what was taken over from it still running
    for (const executor of [...(seat ? [executors.local] : []), ...(await executors.all())]) {
      for (const mark of executor === executors.local ? this.marksHere() : await this.marksOf(executor)) {
        const name = await this.endedVersion(mark);
        if (name === null) continue;
        left.add(mark);
        if (this.before.has(mark)) await this.endOf(executor, mark, name);
      }
    }
    this.before = left;
    return left.size > 0;
  }

  private async marksOf(executor: Executor): Promise<readonly string[]> {
    // one that does not answer now is asked again
    const marks = (await executor.marks?.().catch(() => [])) ?? [];
    return marks.filter((mark) => mark.startsWith(`${this.context.store.id}:`));
  }

  private async endOf(executor: Executor, mark: string, name: string): Promise<void> {
    const { say } = this.context;
    try {
      await executor.endLeftovers(mark);
      say(`ended what executor ${executor.name} had left of ${name}`);
    } catch (error) {
      say(`what executor ${executor.name} has left of ${name} does not end: ${(error as Error).message}`);
    }
  }

  /** What a version is called of which nothing may live; null for one that may run. */
  private async endedVersion(mark: string): Promise<string | null> {
    const version = await this.context.store.get(Number(mark.slice(this.context.store.id.length + 1)));
    if (!version) return 'a version that is gone';
    const other = this.neighbours.takenBy(version);
    if (version.state === 'running' && other !== null) return `${fullName(version)}, which ${other} runs now`;
    return isEnded(version.state) || version.state === 'pending' ? fullName(version) : null;
  }
}

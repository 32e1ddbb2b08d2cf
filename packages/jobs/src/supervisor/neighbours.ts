import { isSemblanceError } from '../error.ts';
import { bootId, isAlive } from '../executor/process-table.ts';
import { fullName, type Version } from '../model.ts';
import type { Seated } from '../store/version-store.ts';
import type { SupervisorContext } from './context.ts';
import { supervisorOf } from './lock.ts';

/** Between looks at who else supervises. */
const LOOK_MS = 500;
/** How long the process that makes a version is believed in, where it cannot be looked at. */
const CREATION_MS = 10 * 60_000;

/**
 * The other machines of a store, each with a supervisor for the versions that it has taken. Those of a machine that has lost
 * its supervisor for long are looked after here: what runs on a cluster goes on, what ran on that machine is lost.
 *
 * What a supervisor that was cut off still wants to write changes nothing then: see the fence of its store.
 */
export class Neighbours {
  private readonly context: SupervisorContext;
  private readonly missedMs = new Map<string, number>();
  private seated: Seated | null = null;
  private lookedMs = 0;

  constructor(context: SupervisorContext) {
    this.context = context;
  }

  private get own(): string | null {
    return this.context.store.shared?.machine ?? null;
  }

  /** Whether the supervisor of this machine looks after a version that runs. */
  readonly isOurs = ({ machine }: Pick<Version, 'machine'>): boolean =>
    this.context.seat === null || machine === this.own;

  /**
   * Makes sure that this is still the supervisor of its machine, and sees who else is there.
   *
   * @param onSeated the seat was taken, anew where the database was away: others may have come and gone meanwhile
   * @returns false where another process of this machine has taken its place while the database was away
   */
  async look(onSeated: () => void): Promise<boolean> {
    const { seat, home } = this.context;
    if (!seat || Date.now() - this.lookedMs < LOOK_MS) return true;
    let seated: Seated;
    try {
      seated = await seat.machines();
    } catch (error) {
      const living = supervisorOf(home, this.own);
      // a lock of this very process, over a connection that broke, is soon found by the server to be nobody's
      const isReplaced = living !== null && living.pid !== process.pid;
      if (isReplaced && isSemblanceError(error, 'JOB_STORE_BUSY')) return false;
      throw error;
    }
    if (seated.numTaken !== this.seated?.numTaken) {
      // a database that was away has forgotten everybody: they come back in their own time
      this.missedMs.clear();
      onSeated();
    }
    this.seated = seated;
    this.lookedMs = Date.now();
    for (const name of seated.bootIds.keys()) {
      if (seated.living.has(name)) this.missedMs.delete(name);
      else if (!this.missedMs.has(name)) this.missedMs.set(name, this.lookedMs);
    }
    return true;
  }

  /** Takes over what machines that are gone have left. @returns whether there was anything */
  async adopt(running: readonly Version[]): Promise<boolean> {
    const { store, settings, say } = this.context;
    let hasAdopted = false;
    for (const version of running) {
      const { machine } = version;
      if (this.isOurs(version) || machine === null) continue;
      const missedMs = this.missedMs.get(machine);
      if (missedMs === undefined || Date.now() - missedMs < settings.lostMs) continue;
      if (!(await store.adopt(version.id, machine, this.own!))) continue;
      hasAdopted = true;
      say(`${fullName(version)} is taken over from machine ${machine}, which has no supervisor`);
    }
    return hasAdopted;
  }

  /** Whether whoever was making a version is gone, as far as can be told from here. */
  isAbandoned({ creator, createdMs }: Version): boolean {
    if (!creator) return true;
    const isElsewhere = this.context.seat !== null && creator.machine !== this.own;
    return isElsewhere ? Date.now() - createdMs > CREATION_MS : !isAlive(creator);
  }

  /** The machine that runs a version now, where that is another one than this: processes left of it here are nobody's. */
  takenBy(version: Version): string | null {
    const { machine } = version;
    if (machine === null || this.isOurs(version)) return null;
    const boot = this.seated?.bootIds.get(machine);
    return boot !== undefined && boot !== bootId() ? machine : null;
  }
}

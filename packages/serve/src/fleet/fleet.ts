import { SemblanceError } from '../error.ts';
import { ErrorWatch } from '../error-watch.ts';
import type { ServingUnit } from './unit.ts';

/** A unit with its share of the requests. */
export interface FleetEntry {
  name: string;
  /** Percent; those of all entries add up to 100. */
  weight: number;
  unit: ServingUnit;
}

interface Member extends FleetEntry {
  /** For the choice of the next: see {@link Fleet.acquire}. */
  credit: number;
  inUse: number;
  isRetired: boolean;
  watch: ErrorWatch;
  /** Requests since the last switch, and those of them that failed by the service's own doing. */
  numDone: number;
  numFailed: number;
}

/** How an entry fares. */
export interface FleetHealth {
  name: string;
  weight: number;
  /** Requests in work. */
  inUse: number;
  /** Its last requests, and how many of them failed. */
  requests: number;
  faults: number;
  /** The same of all since the last switch. */
  numDone: number;
  numFailed: number;
}

/** A unit on loan for one request. */
export interface Lease {
  unit: ServingUnit;
  name: string;
  /** Gives it back; `isFault` where the request failed by the service's own doing. */
  done(isFault: boolean): void;
}

/** Who serves: hands out units by weight, and changes them without a request noticing. */
export class Fleet {
  #members: Member[] = [];
  /** Told of an entry that fails too often. */
  onFailing: ((name: string, errorRate: number) => void) | undefined;

  get entries(): FleetEntry[] {
    return this.#members.map(({ name, weight, unit }) => ({ name, weight, unit }));
  }

  /** The entry with the largest share; the first of equals. */
  get primary(): FleetEntry {
    const [first, ...rest] = this.#members;
    if (!first) throw new SemblanceError('DEPLOYMENT_NOT_FOUND', 'no model is deployed');
    return rest.reduce((best, member) => (member.weight > best.weight ? member : best), first);
  }

  /** How each entry fares. */
  get health(): FleetHealth[] {
    return this.#members.map(({ name, weight, inUse, watch, numDone, numFailed }) => ({
      ...{ name, weight, inUse, ...watch.counts, numDone, numFailed },
    }));
  }

  get isEmpty(): boolean {
    return this.#members.length === 0;
  }

  /**
   * The unit for the next request. Each entry gains its weight in credit, the one with the most credit is taken and pays
   * 100: of any 100 requests in a row each entry gets its percent, evenly spread.
   */
  acquire(): Lease {
    if (this.isEmpty) throw new SemblanceError('DEPLOYMENT_NOT_FOUND', 'no model is deployed');
    for (const member of this.#members) member.credit += member.weight;
    const member = this.#members.reduce((best, other) => (other.credit > best.credit ? other : best));
    member.credit -= 100;
    return this.#lend(member);
  }

  /** The unit with the largest share, for what is no matter of chance: enrolling, listing. */
  acquirePrimary(): Lease {
    const { unit } = this.primary;
    return this.#lend(this.#members.find((member) => member.unit === unit)!);
  }

  /**
   * A unit of a recognizer, that of the most requests first.
   *
   * @throws SemblanceError COLLECTION_MODEL_MISMATCH where none is deployed
   */
  acquireOf(modelId: string): Lease {
    const members = this.#members.filter(({ unit }) => unit.recognizer.id === modelId);
    const [first, ...rest] = members;
    if (first)
      return this.#lend(rest.reduce((best, other) => (other.weight > best.weight ? other : best), first));
    throw new SemblanceError(
      'COLLECTION_MODEL_MISMATCH',
      `the collection holds embeddings of the recognizer ${modelId}, and ${this.primary.unit.recognizer.id} serves: deploy that one`,
    );
  }

  /**
   * The unit of that name.
   *
   * @throws SemblanceError ROUTE_NOT_FOUND
   */
  acquireNamed(name: string): Lease {
    const member = this.#members.find((candidate) => candidate.name === name);
    if (!member) throw new SemblanceError('ROUTE_NOT_FOUND', `no version ${name.slice(0, 80)} is deployed`);
    return this.#lend(member);
  }

  /**
   * Serves by these entries from now on. Units that are no longer among them finish what they have and are closed.
   */
  switchTo(entries: readonly FleetEntry[]): void {
    const earlier = this.#members;
    this.#members = entries.map((entry) => {
      const kept = earlier.find(({ unit }) => unit === entry.unit);
      if (kept) {
        kept.weight = entry.weight;
        kept.name = entry.name;
        kept.credit = 0;
        kept.watch = new ErrorWatch();
        kept.numDone = 0;
        kept.numFailed = 0;
        return kept;
      }
      const counts = { credit: 0, inUse: 0, numDone: 0, numFailed: 0 };
      return { ...entry, ...counts, isRetired: false, watch: new ErrorWatch() };
    });
    for (const member of earlier) {
      if (this.#members.includes(member)) continue;
      member.isRetired = true;
      this.#closeIfIdle(member);
    }
  }

  /** Closes all units, after what they have in work. */
  async close(): Promise<void> {
    const members = this.#members;
    this.#members = [];
    await Promise.all(members.map(({ unit }) => unit.close()));
  }

  #lend(member: Member): Lease {
    member.inUse++;
    let isDone = false;
    return {
      unit: member.unit,
      name: member.name,
      done: (isFault) => {
        if (isDone) return;
        isDone = true;
        member.inUse--;
        member.numDone++;
        if (isFault) member.numFailed++;
        const failing = member.watch.note(isFault);
        if (member.isRetired) this.#closeIfIdle(member);
        else if (failing !== null) this.onFailing?.(member.name, failing);
      },
    };
  }

  #closeIfIdle(member: Member): void {
    if (member.inUse === 0) void member.unit.close();
  }
}

/** An owner counts as one of several for so long after it asked. */
const RECENT_MS = 2000;
/** After so long half of the work counts that was done for an owner. */
const HALF_LIFE_MS = 2000;
/** An owner is heavy from so many times an even share of the work. */
const HEAVY = 1.25;

interface Owner {
  askedAt: number;
  /** Work of late, as of {@link workedAt}, ms. */
  work: number;
  workedAt: number;
}

/** Who asks, and how much of the work was theirs lately. */
export class Owners {
  readonly #owners = new Map<string, Owner>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  noteAsked(owner: string): void {
    this.#of(owner).askedAt = this.#now();
  }

  /** Work that was done for an owner, ms. */
  noteWork(owner: string, ms: number): void {
    const own = this.#of(owner);
    own.work = this.#workOf(own) + ms;
    own.workedAt = this.#now();
  }

  /** Whether nobody else has asked lately. */
  isAlone(owner: string): boolean {
    this.#forget();
    return this.#owners.size - (this.#owners.has(owner) ? 1 : 0) === 0;
  }

  /** Whether there are several, and most of the work is this one's. */
  isHeavy(owner: string): boolean {
    const own = this.#owners.get(owner);
    if (own === undefined || this.isAlone(owner)) return false;
    let total = 0;
    for (const other of this.#owners.values()) total += this.#workOf(other);
    return this.#workOf(own) * this.#owners.size > HEAVY * total;
  }

  /** Whether several have asked lately. */
  get areSeveral(): boolean {
    this.#forget();
    return this.#owners.size > 1;
  }

  #of(owner: string): Owner {
    const own = this.#owners.get(owner) ?? { askedAt: this.#now(), work: 0, workedAt: this.#now() };
    this.#owners.set(owner, own);
    return own;
  }

  #workOf({ work, workedAt }: Owner): number {
    return work * 2 ** ((workedAt - this.#now()) / HALF_LIFE_MS);
  }

  #forget(): void {
    const since = this.#now() - RECENT_MS;
    for (const [owner, { askedAt }] of this.#owners) if (askedAt < since) this.#owners.delete(owner);
  }
}

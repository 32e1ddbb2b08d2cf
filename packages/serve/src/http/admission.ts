import { SemblanceError } from '../error.ts';

/** Lets so many requests in at a time, and so many of one key, and sends the others away at once. */
export class Admission {
  readonly #most: number;
  readonly #mostOfKey: number;
  readonly #inside = new Map<string, number>();
  #numInside = 0;

  /** @param mostOfKey as many as `most` where one key may take every place */
  constructor(most: number, mostOfKey = most) {
    this.#most = most;
    this.#mostOfKey = Math.min(most, mostOfKey);
  }

  get numInside(): number {
    return this.#numInside;
  }

  /**
   * Enters; the function it gives leaves, however often it is called.
   *
   * @throws SemblanceError OVERLOADED
   */
  enter(key: string): () => void {
    const own = this.#inside.get(key) ?? 0;
    if (this.#numInside >= this.#most) throw new SemblanceError('OVERLOADED');
    if (own >= this.#mostOfKey) {
      throw new SemblanceError(
        'OVERLOADED',
        `${own} requests of this key are in progress; others have the remaining places`,
        { details: { reason: 'key_full' } },
      );
    }
    this.#numInside++;
    this.#inside.set(key, own + 1);
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#numInside--;
      const left = this.#inside.get(key)! - 1;
      if (left > 0) this.#inside.set(key, left);
      else this.#inside.delete(key);
    };
  }
}

import { SemblanceError } from '../error.ts';

/** Lets so many requests in at a time and sends the others away at once, before their bodies are read. */
export class Admission {
  readonly #most: number;
  #inside = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get numInside(): number {
    return this.#inside;
  }

  /**
   * Enters; the function it gives leaves, however often it is called.
   *
   * @throws SemblanceError OVERLOADED
   */
  enter(): () => void {
    if (this.#inside >= this.#most) throw new SemblanceError('OVERLOADED');
    this.#inside++;
    let isInside = true;
    return () => {
      if (isInside) this.#inside--;
      isInside = false;
    };
  }
}

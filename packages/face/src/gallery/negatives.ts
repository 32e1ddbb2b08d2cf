import { dot } from '@semblance/core/vector';
import type { StoredNegative } from './store.ts';

/** Faces that somebody said are not a subject's, by subject. */
export class Negatives {
  readonly #of = new Map<string, StoredNegative[]>();

  constructor(negatives: readonly StoredNegative[]) {
    for (const negative of negatives) {
      const list = this.#of.get(negative.subject);
      if (list) list.push(negative);
      else this.#of.set(negative.subject, [negative]);
    }
  }

  /**
   * Whether a face is not the subject's, by what was said before: it is more similar to a face that was refused as theirs
   * than to every face that was enrolled as theirs. The nearest of all that is known decides, as ever.
   *
   * @param similarity to the subject's most similar face
   */
  refuses(subject: string, embedding: Float32Array, similarity: number): boolean {
    return (this.#of.get(subject) ?? []).some((negative) => dot(negative.embedding, embedding) > similarity);
  }

  get isEmpty(): boolean {
    return this.#of.size === 0;
  }
}

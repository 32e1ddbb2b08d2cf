import { distance as editDistance } from 'fastest-levenshtein';

/**
 * `. Did you mean x?` for the name most like the one that was written, or `''` where none is like it.
 *
 * Likeness is the edit distance without regard to case: at most 2, or 0.3 of the name's length if that is more.
 *
 * @example
 * ```ts
 * import { didYouMean } from '@semblance/core';
 *
 * console.log(`no loss ‘arcfase’${didYouMean('arcfase', ['softmax', 'arcface'])}`); // no loss ‘arcfase’. Did you mean arcface?
 * ```
 */
export function didYouMean(written: string, names: readonly string[]): string {
  let best: { name: string; distance: number } | null = null;
  for (const name of names) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance <= Math.max(2, name.length * 0.3) && distance < (best?.distance ?? Infinity)) {
      best = { name, distance };
    }
  }
  return best ? `. Did you mean ${best.name}?` : '';
}

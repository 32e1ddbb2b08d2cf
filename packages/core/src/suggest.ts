import { distance as editDistance } from 'fastest-levenshtein';

/** ` Did you mean x?` for the name most like the one that was written, or nothing where none is like it. */
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

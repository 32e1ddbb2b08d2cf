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

/** Insertions, deletions and replacements from one word to the other (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(row[j - 1]! + 1, above[j]! + 1, replaced));
    }
    above = row;
  }
  return above[b.length]!;
}

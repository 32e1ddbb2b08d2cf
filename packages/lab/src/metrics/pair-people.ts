import type { ImagePair } from '../datasets/pairs.ts';

/**
 * Who the two photos of each pair show, as names that agree where the person does.
 *
 * A photo's folder is the person, as in LFW. Where folders cannot be people (an impostor pair lies in one folder, or a
 * photo has none), each photo stands for itself. Genuine pairs then join what they link.
 */
export function peopleOfPairs(pairs: readonly ImagePair[]): [string, string][] {
  const folderOf = (photo: string): string => photo.slice(0, Math.max(0, photo.lastIndexOf('/')));
  const areFolders = pairs.every(({ first, second, same }) => {
    const [a, b] = [folderOf(first), folderOf(second)];
    return a !== '' && b !== '' && (same || a !== b);
  });
  const nameOf = areFolders ? folderOf : (photo: string) => photo;

  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let next = parent.get(at); next !== undefined; next = parent.get(at)) at = next;
    for (let step = name; step !== at; ) {
      const next = parent.get(step)!;
      parent.set(step, at);
      step = next;
    }
    return at;
  };
  for (const { first, second, same } of pairs) {
    if (!same) continue;
    const [a, b] = [root(nameOf(first)), root(nameOf(second))];
    if (a !== b) parent.set(b, a);
  }
  return pairs.map(({ first, second }) => [root(nameOf(first)), root(nameOf(second))]);
}

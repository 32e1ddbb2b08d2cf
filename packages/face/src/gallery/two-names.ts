import { dot } from '@semblance/core/vector';
import type { BuildWarning } from './build-report.ts';
import type { StoredFace } from './store.ts';

/** Most faces that are compared with each other: pairs grow with the square. */
const MAX_FACES = 2000;

/** Warns of pairs of people who look like one: a name written in two ways, or a photo in the wrong folder. */
export function twoNames(faces: readonly StoredFace[], threshold: number): BuildWarning[] {
  const bestOf = new Map<string, { a: StoredFace; b: StoredFace; similarity: number }>();
  const some = faces.slice(0, MAX_FACES);
  for (let i = 0; i < some.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [some[j]!, some[i]!];
      if (a.subject === b.subject) continue;
      const similarity = dot(a.embedding, b.embedding);
      // well above the threshold: near it, strangers who look alike are expected now and then
      if (similarity < threshold + 0.1) continue;
      const key = [a.subject, b.subject].sort().join('\0');
      if (similarity > (bestOf.get(key)?.similarity ?? -1)) bestOf.set(key, { a, b, similarity });
    }
  }
  return [...bestOf.values()].map(({ a, b, similarity }) => ({
    kind: 'two_names_for_one_person',
    message: `${a.subject} (${a.source}) and ${b.subject} (${b.source}) look like one person: ${similarity.toFixed(3)}`,
  }));
}

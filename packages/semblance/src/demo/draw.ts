import { writeAnnotated } from '../faces/annotated.ts';
import type { DrawnPhoto } from './measure.ts';

const GOOD = '#22c55e';
const BAD = '#ef4444';

/** Writes the first `limit` photos it is given, with what was found; `paths` are those written. */
export function photoDrawer(dir: string, name: string, limit: number) {
  const paths: string[] = [];
  const draw = async ({ image, faces }: DrawnPhoto, index: number): Promise<void> => {
    if (index >= limit) return;
    const file = { name: `${name}-${String(index + 1).padStart(2, '0')}.jpg`, path: '' };
    const annotations = faces.map(({ good, ...face }) => ({ ...face, color: good ? GOOD : BAD }));
    paths.push(await writeAnnotated(dir, file, image, annotations));
  };
  return { paths, draw };
}

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SemblanceError } from '../error.ts';
import type { LabelledImage, ParsedLabels } from './label-types.ts';
import { byCodeUnit, statOrThrow } from './list-images.ts';
import { parseRetinafaceLabels } from './retinaface-labels.ts';
import { parseScrfdLabels } from './scrfd-labels.ts';
import { parseWiderLabels } from './wider-labels.ts';

interface LabelFormat {
  /** File names it goes by in a folder. */
  fileName: RegExp;
  /** What the head of such a file matches. */
  head: RegExp;
  parse(text: string, source: string): ParsedLabels;
}

/** Every layout of detection labels: adding one is adding a file and a line. The order decides. */
const formats: Record<string, LabelFormat> = {
  // `# path width height` is SCRFD's; `# path` alone is RetinaFace's
  scrfd: { fileName: /^labelv2\.txt$/, head: /^#[^\S\n]*\S.*\s\d+[^\S\n]+\d+\s*$/m, parse: parseScrfdLabels },
  retinaface: { fileName: /^label\.txt$/, head: /^\s*#/, parse: parseRetinafaceLabels },
  wider: { fileName: /_bbx_gt\.txt$/, head: /\S/, parse: parseWiderLabels },
};

/**
 * Reads detection labels, from a label file or from the folder that holds one (`label.txt`, `labelv2.txt` or
 * `*_bbx_gt.txt`) beside `images/`. The layout is told by the file's content.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_EMPTY; DATA_INVALID with the line's number.
 */
export async function readDetectionLabels(path: string): Promise<LabelledImage[]> {
  const file = await labelFileAt(path);
  const text = await readFile(file, 'utf8');
  const format = Object.values(formats).find(({ head }) => head.test(text.slice(0, 4096)));
  const parsed = format?.parse(text, file) ?? [];
  if (parsed.length === 0) throw new SemblanceError('DATA_EMPTY', `no labelled photos in ${file}`);

  const imagesDir = await imagesDirOf(dirname(file));
  return parsed.map((image) => ({ ...image, path: join(imagesDir, image.name) }));
}

/** The label file among the names of a folder, or null. */
export function detectionLabelsIn(names: readonly string[]): string | null {
  const sorted = [...names].sort(byCodeUnit);
  for (const { fileName } of [formats.retinaface!, formats.scrfd!, formats.wider!]) {
    const found = sorted.find((name) => fileName.test(name));
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether a text begins as detection labels do: with a comment, or a path and a number of faces. */
export const isDetectionLabels = (head: string): boolean =>
  /^\s*#/.test(head) || /^\s*\S.*\r?\n\s*\d+\s*\r?\n/.test(head);

async function labelFileAt(path: string): Promise<string> {
  const full = resolve(path);
  if (!(await statOrThrow(full)).isDirectory()) return full;
  const found = detectionLabelsIn(await readdir(full));
  if (found !== null) return join(full, found);
  throw new SemblanceError('DATA_EMPTY', `no label.txt, labelv2.txt or *_bbx_gt.txt in ${path}`);
}

/** `images/` beside the label file where there is one, else the label file's own folder. */
async function imagesDirOf(dir: string): Promise<string> {
  const images = join(dir, 'images');
  try {
    return (await statOrThrow(images)).isDirectory() ? images : dir;
  } catch {
    return dir;
  }
}

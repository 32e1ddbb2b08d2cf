import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { byCodeUnit, readTextFile, statOrThrow } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { formatCocoLabels, parseCocoLabels } from './coco-labels.ts';
import { formatDlibLabels, parseDlibLabels } from './dlib-labels.ts';
import type { LabelledImage, LabelOptions, ParsedLabels, SizedImage } from './label-types.ts';
import { formatRetinafaceLabels, parseRetinafaceLabels } from './retinaface-labels.ts';
import { formatScrfdLabels, parseScrfdLabels } from './scrfd-labels.ts';
import { formatWiderLabels, parseWiderLabels } from './wider-labels.ts';

interface LabelFormat {
  /** File names it goes by in a folder. */
  fileName: RegExp;
  /** What the head of such a file matches. */
  head: RegExp;
  parse(text: string, source: string, options?: LabelOptions): ParsedLabels;
  /** The name it is written under. */
  file: string;
  write(images: readonly SizedImage[]): string;
}

export type DetectionFormatName = 'dlib' | 'coco' | 'scrfd' | 'retinaface' | 'wider';

/** Every layout of detection labels: adding one is adding a file and a line. The first whose head matches is taken. */
export const detectionFormats: Record<DetectionFormatName, LabelFormat> = {
  dlib: {
    fileName: /^(faces|labels|dataset)\.xml$/,
    head: /^\s*</,
    parse: parseDlibLabels,
    file: 'faces.xml',
    write: formatDlibLabels,
  },
  coco: {
    fileName: /^(annotations|coco|instances.*)\.json$/,
    head: /^\s*\{/,
    parse: parseCocoLabels,
    file: 'annotations.json',
    write: formatCocoLabels,
  },
  // `# path width height` is SCRFD's; `# path` alone is RetinaFace's
  scrfd: {
    fileName: /^labelv2\.txt$/,
    head: /^#[^\S\n]*\S.*\s\d+[^\S\n]+\d+\s*$/m,
    parse: parseScrfdLabels,
    file: 'labelv2.txt',
    write: formatScrfdLabels,
  },
  retinaface: {
    fileName: /^label\.txt$/,
    head: /^\s*#/,
    parse: parseRetinafaceLabels,
    file: 'label.txt',
    write: formatRetinafaceLabels,
  },
  wider: {
    fileName: /_bbx_gt\.txt$/,
    head: /\S/,
    parse: parseWiderLabels,
    file: 'faces_bbx_gt.txt',
    write: formatWiderLabels,
  },
};

/** Of several label files in one folder the first of these is taken. */
const folderOrder = ['retinaface', 'scrfd', 'wider', 'dlib', 'coco'] as const;

/**
 * Reads detection labels, from a label file or from the folder that holds one (`label.txt`, `labelv2.txt`,
 * `*_bbx_gt.txt`, `faces.xml` of dlib, `annotations.json` of COCO) beside `images/`. The layout is told by the file's content.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_EMPTY; DATA_INVALID with the line's number, or the categories of COCO
 *   where it is not plain which are faces.
 */
export async function readDetectionLabels(
  path: string,
  options: LabelOptions = {},
): Promise<LabelledImage[]> {
  const file = await labelFileAt(path);
  const text = await readTextFile(file);
  const format = Object.values(detectionFormats).find(({ head }) => head.test(text.slice(0, 4096)));
  if (options.category !== undefined && format !== detectionFormats.coco)
    throw new SemblanceError('DATA_INVALID', `${file} has no categories: only COCO's labels do`);
  const parsed = format?.parse(text, file, options) ?? [];
  if (parsed.length === 0) throw new SemblanceError('DATA_EMPTY', `no labelled photos in ${file}`);

  const imagesDir = await imagesDirOf(dirname(file));
  return parsed.map((image) => ({ ...image, path: join(imagesDir, image.name) }));
}

/** The label file among the names of a folder, or null. */
export function detectionLabelsIn(names: readonly string[]): string | null {
  const sorted = [...names].sort(byCodeUnit);
  for (const format of folderOrder) {
    const found = sorted.find((name) => detectionFormats[format].fileName.test(name));
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether a text begins as detection labels do: as XML, JSON, with a comment, or a path and a number of faces. */
export const isDetectionLabels = (head: string): boolean =>
  /^\s*[#<{]/.test(head) || /^\s*\S.*\r?\n\s*\d+\s*\r?\n/.test(head);

async function labelFileAt(path: string): Promise<string> {
  const full = resolve(path);
  if (!(await statOrThrow(full)).isDirectory()) return full;
  const found = detectionLabelsIn(await readdir(full));
  if (found !== null) return join(full, found);
  throw new SemblanceError(
    'DATA_EMPTY',
    `no label.txt, labelv2.txt, *_bbx_gt.txt, faces.xml or annotations.json in ${path}`,
  );
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

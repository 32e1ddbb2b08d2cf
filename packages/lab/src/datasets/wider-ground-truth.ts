import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statOrThrow } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import type { LabelledFace } from './label-types.ts';
import { type MatValue, parseMatFile } from './mat-file.ts';

export const widerSubsets = ['easy', 'medium', 'hard'] as const;
export type WiderSubset = (typeof widerSubsets)[number];

/** A photo of WIDER FACE's validation set with the subsets that each face counts in. */
export interface WiderPhoto {
  /** `event/file.jpg` */
  name: string;
  faces: (LabelledFace & { subsets: WiderSubset[] })[];
}

const attributeNames = ['blur', 'expression', 'illumination', 'invalid', 'occlusion', 'pose'] as const;

/**
 * Reads the official ground truth of WIDER FACE's validation set: `wider_easy_val.mat`, `wider_medium_val.mat` and
 * `wider_hard_val.mat`, which hold the same boxes and tell which of them count in each subset.
 *
 * Boxes are [x, y, x + w, y + h]; those without a width or height stay, for the indices of the subsets to hold.
 *
 * @param dir the folder of the three files
 * @throws SemblanceError PATH_NOT_FOUND; DATA_INVALID where a file is not what it should be, or the three differ.
 * @example
 * Not run here: it needs the ground truth of WIDER FACE.
 *
 * ```ts
 * import { readWiderGroundTruth } from '@semblance/lab';
 *
 * const photos = await readWiderGroundTruth('wider/eval_tools/ground_truth');
 * console.log(photos.length, 'photos');
 * ```
 */
export async function readWiderGroundTruth(dir: string): Promise<WiderPhoto[]> {
  const photos = new Map<string, WiderPhoto>();
  for (const subset of widerSubsets) {
    const path = join(dir, `wider_${subset}_val.mat`);
    await statOrThrow(path);
    const variables = parseMatFile(await readFile(path), path);
    const invalid = (why: string) => new SemblanceError('DATA_INVALID', `${path}: ${why}`);
    const list = (name: string): Nested => new Nested(variables.get(name), name, invalid);
    const [events, files, boxes, kept] = ['event_list', 'file_list', 'face_bbx_list', 'gt_list'].map(list);
    const attributes = attributeNames.map((name) => [name, list(`${name}_label_list`)] as const);
    for (let e = 0; e < events!.length; e++) {
      const event = events!.at(e).text();
      for (let f = 0; f < files!.at(e).length; f++) {
        const name = `${event}/${files!.at(e).at(f).text()}.jpg`;
        const rows = boxes!.at(e).at(f).rows(4);
        let photo = photos.get(name);
        if (!photo) {
          const labels = attributes.map(([key, values]) => [key, values.at(e).at(f).rows(1).flat()] as const);
          const faces = rows.map((row, i) =>
            faceOf(row, Object.fromEntries(labels.map(([k, v]) => [k, v[i]!]))),
          );
          photo = { name, faces };
          photos.set(name, photo);
        } else if (photo.faces.length !== rows.length) {
          throw invalid(
            `${name} has ${rows.length} faces, and ${photo.faces.length} in another of the files`,
          );
        }
        for (const [index] of kept!.at(e).at(f).rows(1)) {
          const face = photo.faces[index! - 1];
          if (!face) throw invalid(`${name} has no face ${index}`);
          face.subsets.push(subset);
        }
      }
    }
  }
  return [...photos.values()];
}

function faceOf(row: number[], attributes: Record<string, number>): WiderPhoto['faces'][number] {
  const [x, y, w, h] = row as [number, number, number, number];
  const invalid = attributes.invalid === 1;
  return { box: [x, y, x + w, y + h], landmarks: null, invalid, attributes, subsets: [] };
}

/** A value of a MAT-file, with what it is expected to be. */
class Nested {
  readonly #value: MatValue | undefined;
  readonly #name: string;
  readonly #invalid: (why: string) => SemblanceError;

  constructor(value: MatValue | undefined, name: string, invalid: (why: string) => SemblanceError) {
    this.#value = value;
    this.#name = name;
    this.#invalid = invalid;
  }

  get length(): number {
    if (this.#value?.kind !== 'cells') throw this.#invalid(`it has no cells ${this.#name}`);
    return this.#value.cells.length;
  }

  at(i: number): Nested {
    if (this.#value?.kind !== 'cells' || !this.#value.cells[i])
      throw this.#invalid(`it has no ${this.#name}{${i + 1}}`);
    return new Nested(this.#value.cells[i], `${this.#name}{${i + 1}}`, this.#invalid);
  }

  text(): string {
    if (this.#value?.kind !== 'text') throw this.#invalid(`${this.#name} is not text`);
    return this.#value.text;
  }

  /** A matrix of that many columns as rows; an empty one has none. */
  rows(numColumns: number): number[][] {
    if (this.#value?.kind !== 'numbers') throw this.#invalid(`${this.#name} is not a matrix`);
    const { values } = this.#value;
    const numRows = values.length / numColumns;
    if (!Number.isInteger(numRows)) throw this.#invalid(`${this.#name} does not have ${numColumns} columns`);
    return Array.from({ length: numRows }, (_, r) =>
      Array.from({ length: numColumns }, (_, c) => values[c * numRows + r]!),
    );
  }
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePng } from '../image/encode.ts';
import { createImage, type Image } from '../image/image.ts';
import { importOnnx } from '../models/import.ts';
import { tinyDetector, tinyRecognizer } from './tiny-models.ts';

// "People" that the tiny models tell apart: a white cell, which the detector sees, amid four fields whose colours are the
// person's.

const colours: Record<string, readonly (readonly [number, number, number])[]> = {
  ada: [
    [150, 0, 0],
    [0, 150, 0],
    [0, 0, 150],
    [150, 150, 0],
  ],
  bo: [
    [0, 0, 150],
    [150, 0, 150],
    [150, 0, 0],
    [0, 150, 150],
  ],
  cy: [
    [0, 150, 150],
    [150, 150, 0],
    [150, 0, 150],
    [0, 0, 0],
  ],
};
const SIDE = 64;

/** Those of somebody who is not in the list: `person 7` has the seventh of 4,096 mixtures. */
function coloursOf(name: string): readonly (readonly number[])[] {
  const known = colours[name];
  if (known) return known;
  const number = Number(name.split(' ')[1]);
  return [0, 1, 2, 3].map((field) =>
    [0, 1, 2].map((channel) => 150 * ((number >> (3 * field + channel)) & 1)),
  );
}

/** A picture of people side by side. @param shade brightens all fields a little, for another photo of the same */
export function pictureOf(people: readonly string[], shade = 0): Image {
  const width = Math.max(2, people.length) * SIDE;
  const image = createImage(width, 2 * SIDE);
  for (const [i, name] of people.entries()) {
    const [left, top] = [i * SIDE, SIDE / 2];
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const isWhite = x >= 32 && x < 40 && y >= 32 && y < 40;
        const colour = coloursOf(name)[(y < 36 ? 0 : 2) + (x < 36 ? 0 : 1)]!;
        const at = 3 * ((top + y) * width + left + x);
        image.data.set(isWhite ? [255, 255, 255] : colour.map((value) => value + shade), at);
      }
    }
  }
  return image;
}

/** Writes a picture of people to a file. */
export async function writePicture(path: string, people: readonly string[], shade = 0): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, await encodePng(pictureOf(people, shade)));
  return path;
}

/** Puts the tiny models into a user's own folder, under the names `squares` and `quarters`. */
export async function installTinyModels(home: string): Promise<void> {
  const files = { squares: tinyDetector(), quarters: tinyRecognizer() };
  await mkdir(home, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    const file = join(home, `${name}.onnx`);
    await writeFile(file, bytes);
    const isDetector = name === 'squares';
    await importOnnx({
      file,
      dialect: isDetector ? 'scrfd' : 'arcface-insightface',
      conventions: isDetector ? { anchorsPerCell: 1 } : { flip: false },
      out: join(home, 'models', name),
    });
  }
}

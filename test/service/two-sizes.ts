import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Box } from '../../packages/face/src/geometry/types.ts';
import { encodePng } from '../../packages/face/src/image/encode.ts';
import { createImage, type Image } from '../../packages/face/src/image/image.ts';
import { importOnnx } from '../../packages/face/src/models/import.ts';
import { tinyDetectorModel } from '../../packages/face/src/testing/tiny-models.ts';
import { tinyOnnx } from '../../packages/face/src/testing/tiny-onnx.ts';

/**
 * The fixture's detector with a second size: squares of 16 pixels, half as bright, are faces twice as large, and found after
 * the white ones of 8.
 */
export async function detectorOfTwoSizes(root: string): Promise<string> {
  const model = tinyDetectorModel();
  const large = model.nodes.find(({ outputs }) => outputs[0] === 'score_map_16')!;
  large.inputs = ['cells_16', 'bright', 'add_half'];
  Object.assign(model.floats!, { add_half: { shape: [1], values: [0.45] } });
  const [file, out] = [join(root, 'two-sizes.onnx'), join(root, 'two-sizes')];
  await writeFile(file, tinyOnnx(model));
  await importOnnx({ file, dialect: 'scrfd', out, conventions: { anchorsPerCell: 1 } });
  return out;
}

/** A face of 24 pixels and one of 48. */
export async function smallAndLarge(): Promise<Uint8Array> {
  const image = createImage(192, 192, [10, 10, 10]);
  paint(image, [32, 32, 40, 40], [255, 255, 255]);
  paint(image, [96, 96, 112, 112], [166, 166, 166]);
  return encodePng(image);
}

function paint(image: Image, [x1, y1, x2, y2]: Box, colour: readonly number[]): void {
  for (let y = y1; y < y2; y++)
    for (let x = x1; x < x2; x++) image.data.set(colour, 3 * (y * image.width + x));
}

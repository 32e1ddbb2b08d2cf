import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeImage, encodePng } from '@semblance/face/image';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDetectionPreview } from './preview-detection.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-'));
  await mkdir(join(folder, 'images'));
  const grey = { data: new Uint8Array(64 * 64 * 3).fill(128), width: 64, height: 64 };
  for (const name of ['a', 'b'])
    await writeFile(join(folder, 'images', `${name}.png`), await encodePng(grey));
  const landmarks = '20 20 0 40 20 0 30 30 0 22 42 0 38 42 0';
  await writeFile(join(folder, 'label.txt'), `# a.png\n8 8 48 48 ${landmarks} 0\n# b.png\n8 8 48 48\n`);
});
afterAll(() => rm(folder, { recursive: true }));

test('the sheet shows each sample with its boxes, in green where there are landmarks', async () => {
  const out = join(folder, 'sheets', 'preview.jpg');
  const overrides = { cropScales: [], distort: false, inputSize: 64 };
  await writeDetectionPreview({ data: folder, out, overrides, columns: 2, rows: 1, tile: 128 });
  const { data, width, height } = await decodeImage(out);
  expect([width, height]).toEqual([256, 128]);
  // pixels of a colour in each half of the sheet
  const count = (isColour: (r: number, g: number, b: number) => boolean): [number, number] => {
    const counts: [number, number] = [0, 0];
    for (let i = 0; i < data.length; i += 3) {
      if (isColour(data[i]!, data[i + 1]!, data[i + 2]!)) counts[(i / 3) % 256 < 128 ? 0 : 1]++;
    }
    return counts;
  };
  const green = count((r, g, b) => g > r + 60 && g > b + 40);
  const orange = count((r, g, b) => r > g + 60 && g > b + 20);
  expect(green.filter((n) => n > 100).length).toBe(1);
  expect(orange.filter((n) => n > 100).length).toBe(1);
  expect(green.findIndex((n) => n > 100)).not.toBe(orange.findIndex((n) => n > 100));
});

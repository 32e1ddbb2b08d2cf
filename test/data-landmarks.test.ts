import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createImage, encodePng } from '@semblance/face/image';
import { importOnnx } from '@semblance/face/models';
import { readDetectionLabels } from '@semblance/lab/datasets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyDetector } from '../packages/face/src/testing/tiny-models.ts';
import { script } from './run-script.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-landmarks-'));
});
afterAll(() => rm(root, { recursive: true }));

test('a detector fills in the landmarks that labels lack, and no others', async () => {
  const data = join(root, 'squares');
  await mkdir(join(data, 'images'), { recursive: true });
  // A white cell of the grid of 8 pixels: the detector's box reaches 12 pixels to every side of its corner at 32, 16.
  const photo = createImage(64, 64);
  for (let y = 16; y < 24; y++) photo.data.fill(255, (y * 64 + 32) * 3, (y * 64 + 40) * 3);
  await writeFile(join(data, 'images', 'a.png'), await encodePng(photo));
  const own = '1 1 0 2 1 0 3 1 0 1 2 0 2 2 0';
  await writeFile(join(data, 'label.txt'), `# a.png\n20 4 24 24\n40 40 20 20\n21 5 23 23 ${own} 1\n`);
  await writeFile(join(root, 'squares.onnx'), tinyDetector());
  const detector = join(root, 'detector');
  const conventions = { anchorsPerCell: 1 };
  await importOnnx({ file: join(root, 'squares.onnx'), dialect: 'scrfd', out: detector, conventions });

  const out = join(root, 'with-landmarks');
  const convert = (to: string) =>
    script(
      'semblance',
      ...['data', 'convert', '--data', data, '--to', to, '--out', out, '--landmarks-from', detector],
    );
  const refused = await convert('wider');
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('USAGE_INVALID_VALUE') });
  const done = await convert('retinaface');
  expect(done, done.stderr).toMatchObject({ code: 0 });
  expect(done.stderr).toContain('landmarks for 1 of 2 faces without any');

  const [image] = await readDetectionLabels(out);
  const points = (values: number[]) => [0, 2, 4, 6, 8].map((k) => [values[k], values[k + 1]]);
  expect(image!.faces.map(({ landmarks }) => landmarks)).toEqual([
    points([28, 12, 36, 12, 32, 16, 28, 20, 36, 20]),
    null,
    points([1, 1, 2, 1, 3, 1, 1, 2, 2, 2]),
  ]);
}, 120_000);

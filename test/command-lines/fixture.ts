import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importOnnx } from '@semblance/face/models';
import { tinyDetector, tinyRecognizer } from '../../packages/face/src/testing/tiny-models.ts';
import { people, photo } from '../service/fixtures.ts';

/** Everything that the outcomes of command lines are produced on, small: tiny models and drawn people. */
export async function makeFixture(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'semblance-command-lines-'));
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await writeFile(join(dir, path), content);
  };
  await write('detector.onnx', tinyDetector());
  await write('recognizer.onnx', tinyRecognizer());
  const models = [
    ['detector', 'scrfd', { conventions: { anchorsPerCell: 1 } }],
    ['recognizer', 'arcface-insightface', {}],
  ] as const;
  for (const [name, dialect, conventions] of models)
    await importOnnx({ file: join(dir, `${name}.onnx`), dialect, out: join(dir, name), ...conventions });

  for (const name of Object.keys(people))
    for (const [i, shade] of [0, 8, 16].entries())
      await write(`people/${name}/${i + 1}.png`, await photo([name], shade));
  await write('photos/party.png', await photo(['ada', 'bob'], 4));
  await write('photos/nobody.png', await photo([]));
  await write('mixed/party.png', await photo(['eve'], 4));
  await write('mixed/broken.jpg', 'no picture');
  await write(
    'pairs.txt',
    ['ada/1.png ada/2.png 1', 'bob/1.png bob/3.png 1', 'ada/1.png bob/1.png 0', 'ada/3.png eve/1.png 0'].join(
      '\n',
    ),
  );
  await write('labelled/images/a.png', await photo(['ada', 'bob']));
  await write('labelled/label.txt', '# a.png\n20 20 24 24\n84 20 24 24\n');
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

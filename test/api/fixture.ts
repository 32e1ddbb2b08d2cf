import { cpSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGallery, decodeImage, encodeJpeg, loadDetector, loadRecognizer } from '@semblance/face';
import { readPersonFolders } from '@semblance/lab';
import { writePeople, writeScenes } from '@semblance/synthetic';
import { tinyDetector, tinyRecognizer } from '../../packages/face/src/testing/tiny-models.ts';
import { createFixture, photo } from '../service/fixtures.ts';
import { root } from '../source-files.ts';

/** A folder with what the examples of the API reference name, as small as it comes; see docs/api/README.md. */
export async function createExampleFolder(): Promise<{ dir: string; fixture: string; examples: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'semblance-api-examples-'));
  const fixture = join(dir, 'fixture');
  const path = (...names: string[]) => join(fixture, ...names);
  const models = await createFixture();
  try {
    cpSync(models.detector, path('models', 'detector'), { recursive: true });
    cpSync(models.recognizer, path('models', 'recognizer'), { recursive: true });
  } finally {
    await models.remove();
  }
  await writeFile(path('detector.onnx'), tinyDetector());
  await writeFile(path('recognizer.onnx'), tinyRecognizer());
  for (const name of ['ada', 'bob', 'eve']) {
    await mkdir(path('people', name), { recursive: true });
    for (const shade of [0, 6, 12])
      await writeFile(path('people', name, `${shade}.png`), await photo([name], shade));
  }
  const party = await decodeImage(await photo(['eve', 'ada'], 3));
  await writeFile(path('photo.jpg'), await encodeJpeg(party, { quality: 98 }));
  await mkdir(path('photos'));
  for (const name of ['ada', 'bob']) await writeFile(path('photos', `${name}.png`), await photo([name], 3));

  await writeFile(path('pairs.txt'), 'ada/0.png ada/6.png 1\nada/0.png bob/0.png 0\n'.repeat(10));

  await using detector = await loadDetector(path('models', 'detector'));
  await using recognizer = await loadRecognizer(path('models', 'recognizer'));
  const { people } = await readPersonFolders(path('people'));
  await buildGallery({
    ...{ people, data: 'people', out: path('gallery'), threshold: 0.9 },
    ...{ detector, recognizer },
  });
  await writePeople({
    out: path('faces'),
    numPeople: 4,
    photosPerPerson: 4,
    seed: 1,
    size: 48,
    aligned: true,
  });
  await writeScenes({ out: path('scenes'), numScenes: 4, seed: 1, width: 160, height: 160, minFace: 40 });

  const examples = join(dir, 'examples');
  await mkdir(examples);
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  await writeFile(join(dir, 'package.json'), '{ "type": "module" }');
  return { dir, fixture, examples };
}

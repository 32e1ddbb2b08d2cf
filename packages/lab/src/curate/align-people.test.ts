import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeImage } from '@semblance/face/image';
import type { Detector } from '@semblance/face/models';
import { loadDetector } from '@semblance/face/models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeRealData, realData } from '../../../../test/support/real-data.ts';
import { readPersonSource } from '../datasets/person-sources/index.ts';
import { alignPeople } from './align-people.ts';

describeRealData('photos of people', () => {
  let folder: string;
  let detector: Detector;
  beforeAll(async () => {
    detector = await loadDetector(realData('weights/retinaface-mnet025.onnx'));
    folder = await mkdtemp(join(tmpdir(), 'align-'));
    for (const person of ['Aaron_Eckhart', 'Abdullah_Gul']) {
      await mkdir(join(folder, 'photos', person), { recursive: true });
      const source = realData('lfw', person);
      for (const name of (await readdir(source)).slice(0, 2)) {
        await copyFile(join(source, name), join(folder, 'photos', person, name));
      }
    }
    await writeFile(join(folder, 'photos/Abdullah_Gul/text.jpg'), 'no photo');
  }, 60_000);
  afterAll(async () => {
    await detector?.close();
    await rm(folder, { recursive: true });
  });

  test('become crops once; what shows no face is told of; moved photos are not looked at again', async () => {
    const align = async (out = 'crops') => {
      const source = await readPersonSource(join(folder, 'photos'));
      return alignPeople({ source, detector, out: join(folder, out), size: 96 });
    };
    const photos = (await readdir(join(folder, 'photos'), { recursive: true })).filter((name) =>
      name.endsWith('.jpg'),
    );
    const first = await align();
    const bad = join(folder, 'photos/Abdullah_Gul/text.jpg');
    expect(first).toMatchObject({ numCrops: photos.length - 1, numKept: 0, refused: [{ photo: bad }] });
    const [name] = await readdir(join(folder, 'crops/Aaron_Eckhart'));
    const crop = join(folder, 'crops/Aaron_Eckhart', name!);
    expect(await decodeImage(crop)).toMatchObject({ width: 96, height: 96 });

    // nothing is done twice, even after a crash within a line of the journal
    const journal = join(folder, 'crops/align.jsonl');
    await writeFile(journal, `${await readFile(journal, 'utf8')}{"photo":"cut of`);
    await writeFile(crop, 'kept');
    expect(await align()).toMatchObject({ numCrops: photos.length - 1, numKept: photos.length - 1 });
    expect(await readFile(crop, 'utf8')).toBe('kept');

    // the same photo under another name has its crop from before; a crop that was removed is made again
    await rename(join(folder, 'photos/Aaron_Eckhart'), join(folder, 'photos/Aaron E'));
    expect(await align()).toMatchObject({ numCrops: photos.length - 1, numKept: photos.length - 1 });
    expect(await readFile(join(folder, 'crops/Aaron E', name!), 'utf8')).toBe('kept');
    await rm(crop);
    await rm(join(folder, 'crops/Aaron E'), { recursive: true });
    expect((await align()).numKept).toBeLessThan(photos.length - 1);
    expect(await decodeImage(join(folder, 'crops/Aaron E', name!))).toMatchObject({ width: 96 });
  }, 120_000);

  test('of two at once into one folder the second is refused', async () => {
    const out = join(folder, 'both');
    const align = async () =>
      alignPeople({ source: await readPersonSource(join(folder, 'photos')), detector, out });
    const results = await Promise.allSettled([align(), align()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'PATH_BUSY', message: expect.stringContaining('in use by data align (process ') },
    });
  }, 60_000);
});

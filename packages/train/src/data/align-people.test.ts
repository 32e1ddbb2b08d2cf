import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodeImage } from '@semblance/face';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alignPeople } from './align-people.ts';

const data = process.env.SEMBLANCE_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data');
const detector = join(data, 'weights/retinaface-mnet025.onnx');
const hasData = existsSync(detector);
if (!hasData)
  console.warn(`real photos are not in ${data}: set SEMBLANCE_DATA to test alignment before training`);

describe.skipIf(!hasData)('photos of people', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'align-'));
    for (const person of ['Aaron_Eckhart', 'Abdullah_Gul']) {
      await mkdir(join(folder, 'photos', person), { recursive: true });
      const source = join(data, 'lfw', person);
      for (const name of (await readdir(source)).slice(0, 2)) {
        await copyFile(join(source, name), join(folder, 'photos', person, name));
      }
    }
    await writeFile(join(folder, 'photos/Abdullah_Gul/text.jpg'), 'no photo');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('become crops of the size asked for; what shows no face is told of; a second run keeps them', async () => {
    const refused: string[] = [];
    const options = {
      data: join(folder, 'photos'),
      detector,
      out: join(folder, 'crops'),
      size: 96,
      onRefused: (path: string) => refused.push(path),
    };
    const numPhotos = (await readdir(join(folder, 'photos'), { recursive: true })).filter((name) =>
      name.endsWith('.jpg'),
    ).length;
    expect(await alignPeople(options)).toBe(numPhotos - 1);
    expect(refused).toEqual([join(folder, 'photos/Abdullah_Gul/text.jpg')]);
    const [name] = await readdir(join(folder, 'crops/Aaron_Eckhart'));
    const path = join(folder, 'crops/Aaron_Eckhart', name!);
    expect(await decodeImage(path)).toMatchObject({ width: 96, height: 96 });
    await writeFile(path, 'kept');
    expect(await alignPeople(options)).toBe(numPhotos - 1);
    await expect(decodeImage(path)).rejects.toMatchObject({ code: 'IMAGE_NOT_AN_IMAGE' });
  });
});

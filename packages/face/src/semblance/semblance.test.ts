import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Gallery } from '../gallery/gallery.ts';
import { namedGalleries } from '../gallery/named.ts';
import { writeDefaults } from '../models/home/index.ts';
import { installTinyModels, writePicture } from '../testing/patterned-people.ts';
import { Semblance } from './semblance.ts';
import { strangerRate, strangerWords } from './strangers.ts';

let dir: string;
let env: Record<string, string>;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'semblance-'));
  env = { SEMBLANCE_HOME: join(dir, 'home'), XDG_CACHE_HOME: join(dir, 'cache') };
  await installTinyModels(join(dir, 'home'));
  await writeDefaults({ detector: 'squares', recognizer: 'quarters' }, env);
});
afterAll(() => rm(dir, { recursive: true }));
const photo = (name: string, people: readonly string[], shade = 0): Promise<string> =>
  writePicture(join(dir, 'photos', `${name}.png`), people, shade);
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('an everyday program', () => {
  test('enrols by name, recognizes, and is known again by the next program', async () => {
    const [ada, adaToo, bo] = [
      await photo('a1', ['ada']),
      await photo('a2', ['ada'], 20),
      await photo('b1', ['bo']),
    ];
    const party = await photo('party', ['bo', 'cy', 'ada'], 10);
    {
      await using semblance = await Semblance.open({ gallery: 'friends', env });
      expect(semblance.gallery).toBeNull();
      expect(await namedGalleries(env)).toEqual([]);
      const { ids, refused } = await semblance.enrol('Ada', [ada, adaToo, join(dir, 'missing.png')]);
      expect([ids.length, refused]).toEqual([
        2,
        [
          {
            photo: join(dir, 'missing.png'),
            code: 'PATH_NOT_FOUND',
            message: `no such file: ${join(dir, 'missing.png')}`,
          },
        ],
      ]);
      await semblance.enrol('Bo', bo);
      expect(await namedGalleries(env)).toEqual([
        { name: 'friends', path: join(dir, 'home/galleries/friends') },
      ]);
    }
    await using semblance = await Semblance.open({ gallery: 'friends', env, readOnly: true });
    const faces = await semblance.recognize(party, { threshold: 0.9 });
    const names = faces.map(({ box, match }) => [Math.floor(box[0] / 64), match?.subject ?? null]);
    expect(names.sort()).toEqual([
      [0, 'Bo'],
      [1, null],
      [2, 'Ada'],
    ]);
  });

  test('a person nobody can be enrolled from is an error, and nobody is enrolled', async () => {
    await using semblance = await Semblance.open({ gallery: join(dir, 'own-gallery'), env });
    await expect(semblance.enrol('Nobody', [await photo('none', [])])).rejects.toEqual(code('NO_FACE'));
    await expect(semblance.enrol('Nobody', [])).rejects.toEqual(code('DATA_EMPTY'));
    expect(semblance.gallery).toBeNull();
    await semblance.enrol('Ada', await photo('a1', ['ada']));
    expect((await readdir(join(dir, 'own-gallery'))).filter((name) => name.endsWith('.db'))).toEqual([
      'gallery.db',
    ]);
  });

  test('without a gallery nobody is known, and nobody can be enrolled', async () => {
    await using semblance = await Semblance.open({ env });
    const [face] = await semblance.recognize(await photo('a1', ['ada']));
    expect(face).toMatchObject({ match: null, reason: 'no_gallery' });
    await expect(semblance.enrol('Ada', await photo('a1', ['ada']))).rejects.toEqual(
      code('GALLERY_NOT_FOUND'),
    );
    await expect(Semblance.open({ gallery: 'nowhere', env, readOnly: true })).rejects.toEqual(
      code('GALLERY_NOT_FOUND'),
    );
  });

  test('a gallery of another recognizer is refused', async () => {
    const path = join(dir, 'other');
    await (await Gallery.create(path, { modelId: 'other-1', embeddingSize: 12 })).close();
    await expect(Semblance.open({ gallery: path, env })).rejects.toEqual(code('MODEL_NOT_FOUND'));
    await expect(Semblance.open({ gallery: path, recognizer: 'quarters', env })).rejects.toEqual(
      code('GALLERY_MODEL_MISMATCH'),
    );
  });
});

describe('verify', () => {
  test('two photos of one person, and of two', async () => {
    await using semblance = await Semblance.open({ env });
    const a = await photo('a1', ['ada']);
    const same = await semblance.verify(a, await photo('a2', ['ada'], 20), { threshold: 0.9 });
    expect(same.isSame).toBe(true);
    expect(same.threshold).toEqual({ value: 0.9, basis: 'given' });
    const other = await semblance.verify(a, await photo('b1', ['bo']), { threshold: 0.9 });
    expect(other.isSame).toBe(false);
    expect(other.similarity).toBeLessThan(same.similarity);
    expect(semblance.threshold()).toEqual({ value: 0.45, basis: 'a default' });
  });

  test('every face of one with every face of the other, numbered from the left', async () => {
    await using semblance = await Semblance.open({ env });
    const verification = await semblance.verify(
      await photo('ab', ['ada', 'bo']),
      await photo('cba', ['cy', 'bo', 'ada'], 10),
      { threshold: 0.9 },
    );
    expect(verification.pairs.length).toBe(6);
    const same = verification.pairs.filter(({ isSame }) => isSame).map(({ a, b }) => [a.number, b.number]);
    expect(same.sort()).toEqual([
      [1, 3],
      [2, 2],
    ]);
    await expect(semblance.verify(await photo('ab', ['ada']), await photo('none', []))).rejects.toThrow(
      'no face was found in the second photo',
    );
  });

  test('how often strangers look so alike, from the people of a gallery', async () => {
    await using semblance = await Semblance.open({ gallery: 'three', env });
    for (const name of ['ada', 'bo', 'cy']) await semblance.enrol(name, await photo(name, [name]));
    const gallery = semblance.gallery!;
    expect(strangerRate(gallery, 0.999)).toEqual({ numPairs: 3, numAsSimilar: 0 });
    expect(strangerRate(gallery, -1)).toEqual({ numPairs: 3, numAsSimilar: 3 });
    expect(strangerWords(null)).toContain('--gallery');
    expect(strangerWords({ numPairs: 3, numAsSimilar: 0 })).toContain('too few');
    expect(strangerWords({ numPairs: 3000, numAsSimilar: 0 })).toBe(
      'none of 3,000 pairs of different people in the gallery is this similar: most likely fewer than 1 in 1,000',
    );
    expect(strangerWords({ numPairs: 3000, numAsSimilar: 2 })).toBe(
      '2 of 3,000 pairs of different people in the gallery are at least this similar: about 1 in 1,500',
    );
  });
});

describe('find', () => {
  test('the photos of a person, most similar first; the second search knows them all', async () => {
    const folder = join(dir, 'holidays');
    await mkdir(join(folder, 'beach'), { recursive: true });
    await writePicture(join(folder, '1.png'), ['bo', 'ada'], 30);
    await writePicture(join(folder, 'beach', '2.png'), ['ada']);
    await writePicture(join(folder, '3.png'), ['cy']);
    await writePicture(join(folder, '4.png'), []);
    await writeFile(join(folder, '5.jpg'), 'no picture');
    await using semblance = await Semblance.open({ env });
    const reference = await photo('ada-and-bo', ['ada', 'bo']);
    const search = () => semblance.find(reference, folder, { face: 1, threshold: 0.9 });
    const found = await search();
    expect(found).toMatchObject({ numPhotos: 5, numKnown: 0, threshold: { value: 0.9 } });
    expect(found.photos.map(({ path, face, numFaces }) => [path, face.number, numFaces])).toEqual([
      [join(folder, 'beach', '2.png'), 1, 1],
      [join(folder, '1.png'), 2, 2],
    ]);
    expect(found.refused).toMatchObject([{ path: join(folder, '5.jpg'), code: 'IMAGE_NOT_AN_IMAGE' }]);
    const again = await search();
    expect(again).toEqual({ ...found, numKnown: 5 });
    // other options find other faces, and another photo under an old name is another content
    expect((await semblance.find(reference, folder, { face: 2, threshold: 0.9, minFace: 1 })).numKnown).toBe(
      0,
    );
    await writePicture(join(folder, '3.png'), ['ada'], 5);
    expect(await search()).toMatchObject({ numKnown: 4, photos: { length: 3 } });
    const mode = (await stat(join(dir, 'cache', 'semblance'))).mode & 0o777;
    if (process.platform !== 'win32') expect(mode).toBe(0o700);
  });

  test('a face that is not there is refused, and nothing is kept without a cache', async () => {
    await using semblance = await Semblance.open({ env });
    const reference = await photo('a1', ['ada']);
    await expect(semblance.find(reference, dir, { face: 2 })).rejects.toEqual(code('USAGE_INVALID_VALUE'));
    await expect(semblance.find(await photo('none', []), dir)).rejects.toEqual(code('NO_FACE'));
    const search = () => semblance.find(reference, join(dir, 'photos'), { cache: null });
    await search();
    expect((await search()).numKnown).toBe(0);
  });
});

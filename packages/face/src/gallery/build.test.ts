import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { encodePng } from '../image/encode.ts';
import { createImage, type Image } from '../image/image.ts';
import { blue, colourRecognizer, green, one, photo, red, squareDetector } from '../testing/squares.ts';
import { type BuildOptions, buildGallery } from './build.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { Gallery } from './gallery.ts';

let root: string;
let counter = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-build-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function folder(files: Record<string, Image | string>): Promise<string> {
  const dir = join(root, `data${counter++}`);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), typeof content === 'string' ? content : await encodePng(content));
  }
  return dir;
}

/** A folder per person, as `readPersonFolders` gives it. */
const peopleIn = (data: string): BuildOptions['people'] =>
  readdirSync(data).map((name) => ({
    name,
    images: readdirSync(join(data, name))
      .filter((file) => /\.(png|jpg)$/.test(file))
      .map((file) => ({ name: file, path: join(data, name, file) })),
  }));
const options = (data: string, out: string, change: Partial<BuildOptions> = {}): BuildOptions => ({
  data,
  people: peopleIn(data),
  withoutPhoto: readdirSync(data).filter((name) =>
    [...peopleIn(data)].some((p) => p.name === name && p.images.length === 0),
  ),
  out,
  detector: squareDetector(),
  recognizer: colourRecognizer(),
  ...change,
});
const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return isSemblanceError(error) ? error.code : `not a SemblanceError: ${error}`;
};

describe('buildGallery', () => {
  test('enrols every photo, refuses what it cannot use with a code, and goes on', async () => {
    const data = await folder({
      'anna/1.png': one(red),
      'anna/2.png': one([190, 5, 0]),
      'bert/1.png': one(green),
      'bert/empty.png': createImage(200, 100),
      'bert/text.jpg': 'not a picture',
      'carl/broken.jpg': '\xff\xd8\xff',
      'dora/readme.txt': 'no photo',
    });
    const out = join(root, 'g1');
    const seen: number[] = [];
    const report = await buildGallery(
      options(data, out, { threshold: 0.8, onProgress: ({ done }) => seen.push(done) }),
    );
    expect(report).toMatchObject({
      subjects: 2,
      faces: 3,
      photos: 6,
      embedded: 3,
      reused: 0,
      threshold: 0.8,
      thresholdBasis: 'given',
    });
    expect(report.refused.map(({ file, code }) => [file, code])).toEqual([
      ['bert/empty.png', 'NO_FACE'],
      ['bert/text.jpg', 'IMAGE_NOT_AN_IMAGE'],
      ['carl/broken.jpg', expect.stringMatching(/^IMAGE_/)],
    ]);
    expect(report.warnings).toEqual([{ kind: 'person_without_photo', message: 'dora has no photo' }]);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))).toEqual(report);
    expect((await readdir(out)).sort()).toEqual(['gallery.db', 'report.json']);

    await using gallery = await Gallery.open(out, { modelId: report.modelId, readOnly: true });
    const [hit] = await gallery.search(Float32Array.from([0, 1, 0]));
    expect(hit).toMatchObject({ subject: 'bert', similarity: expect.closeTo(1, 5) });
    expect((await gallery.crop(hit!.faceId))?.subarray(0, 2)).toEqual(Uint8Array.of(0xff, 0xd8));
  });

  test('takes the large or central face of several, and says so', async () => {
    const data = await folder({
      'anna/1.png': photo({ at: 10, side: 20, rgb: green }, { at: 80, side: 50, rgb: red }),
    });
    const out = join(root, 'g2');
    const report = await buildGallery(options(data, out));
    expect(report.warnings).toMatchObject([{ kind: 'several_faces', file: 'anna/1.png' }]);
    await using gallery = await Gallery.open(out);
    expect((await gallery.search(Float32Array.from([1, 0, 0])))[0]!.similarity).toBeCloseTo(1, 5);
  });

  test('a second build embeds only what is new, and forgets what is gone', async () => {
    const data = await folder({ 'anna/1.png': one(red), 'bert/1.png': one(green), 'carl/1.png': one(blue) });
    const out = join(root, 'g3');
    await buildGallery(options(data, out));
    await rm(join(data, 'carl'), { recursive: true });
    await cp(join(data, 'bert'), join(data, 'robert'), { recursive: true });
    await rm(join(data, 'bert'), { recursive: true }); // renamed: same content, another subject
    await writeFile(join(data, 'anna/2.png'), await encodePng(one(red, 30)));
    const detector = squareDetector();
    const report = await buildGallery(options(data, out, { detector }));
    expect(report).toMatchObject({ embedded: 1, reused: 2, subjects: 2, faces: 3 });
    expect(detector.calls).toBe(1);
    await using gallery = await Gallery.open(out);
    expect(await gallery.subjects()).toEqual([
      { name: 'anna', numFaces: 2 },
      { name: 'robert', numFaces: 1 },
    ]);
    const [hit] = await gallery.search(Float32Array.from([0, 1, 0]));
    expect(await gallery.crop(hit!.faceId)).not.toBeNull(); // crops come along
  });

  test('an interrupted build leaves the old gallery, and the next goes on where it stopped', async () => {
    const files: Record<string, Image> = {};
    for (let i = 0; i < 150; i++) files[`p${String(i).padStart(3, '0')}/1.png`] = one([200, i + 1, 50]);
    const data = await folder(files);
    const out = join(root, 'g4');
    const stop = new Error('stopped');
    const interrupted = buildGallery(
      options(data, out, {
        onProgress({ done }) {
          if (done === 140) throw stop;
        },
      }),
    );
    await expect(interrupted).rejects.toBe(stop);
    expect(await codeOf(Gallery.open(out))).toBe('GALLERY_NOT_FOUND');
    const report = await buildGallery(options(data, out));
    expect(report.reused).toBeGreaterThanOrEqual(128); // whole batches were written
    expect(report).toMatchObject({ faces: 150, photos: 150 });
    expect(report.reused + report.embedded).toBe(150);
  });

  test('of two first builds into one folder the second is refused at once, and the gallery is that of the first', async () => {
    const data = await folder({ 'anna/1.png': one(red), 'bert/1.png': one(green) });
    const out = join(root, 'two-builds');
    const results = await Promise.allSettled([
      buildGallery(options(data, out)),
      buildGallery(options(data, out)),
    ]);
    const [built, refused] = results.sort((a, b) => a.status.localeCompare(b.status));
    expect(built).toMatchObject({ status: 'fulfilled', value: { faces: 2 } });
    const message = expect.stringContaining(`in use by gallery build (process ${process.pid} on `);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'GALLERY_BUSY', message } });
    expect(readdirSync(out).sort()).toEqual(['gallery.db', 'report.json']);
    await using gallery = await Gallery.open(out, { readOnly: true });
    expect(await gallery.stats()).toMatchObject({ faces: 2, subjects: 2 });
  });

  test('pictures of faces are kept as this build asks, whatever an earlier one kept', async () => {
    const data = await folder({ 'anna/1.png': one(red), 'bert/1.png': one(green) });
    const out = join(root, 'crops');
    const { modelId } = await buildGallery(options(data, out));
    await using gallery = await Gallery.open(out);
    const guest = { subject: 'guest', embedding: Float32Array.from([0, 0, 1]), crop: Uint8Array.of(1) };
    await gallery.enrol([guest], modelId);
    await gallery.close();
    const numCrops = async (): Promise<number> => {
      await using opened = await Gallery.open(out, { readOnly: true });
      const crops = await Promise.all(opened.faces().map(({ id }) => opened.crop(id)));
      return crops.filter((crop) => crop !== null).length;
    };
    expect(await numCrops()).toBe(3);
    const without = await buildGallery(options(data, out, { keepCrops: false }));
    expect([without.faces, without.reused, await numCrops()]).toEqual([3, 2, 0]);
    const withThem = await buildGallery(options(data, out));
    expect([withThem.faces, withThem.embedded, await numCrops()]).toEqual([3, 2, 2]);
  });

  test('people who cannot be read are refused, photos beside the folders named, what was left out counted', async () => {
    const data = await folder({ 'anna/1.png': one(red), 'bert/1.png': one(green) });
    const error = new SemblanceError('PATH_NOT_FOUND', 'no permission to read carl');
    const report = await buildGallery({
      ...options(data, join(root, 'beside')),
      ...{ unreadable: [{ name: 'carl', error }], loosePhotos: ['x.jpg'], leftOut: { system: 2, others: 1 } },
    });
    expect(report.refused).toEqual([{ file: 'carl', code: 'PATH_NOT_FOUND', message: error.message }]);
    expect(report.photos).toBe(report.embedded + report.reused + report.refused.length);
    expect(report.warnings.map(({ kind, file }) => [kind, file])).toEqual([
      ['photo_beside_folders', 'x.jpg'],
    ]);
    expect(report.leftOut).toEqual({ system: 2, others: 1 });
  });

  test('other models mean a new start; faces enrolled one by one are not lost', async () => {
    const data = await folder({ 'anna/1.png': one(red) });
    const out = join(root, 'g5');
    const { modelId } = await buildGallery(options(data, out));
    const other = { ...squareDetector(), id: 'squares-111111111111' };
    expect(await buildGallery(options(data, out, { detector: other }))).toMatchObject({
      embedded: 1,
      reused: 0,
    });

    const gallery = await Gallery.open(out);
    await gallery.enrol([{ subject: 'guest', embedding: Float32Array.from([0, 0, 1]) }], modelId);
    expect(await codeOf(buildGallery(options(data, out)))).toBe('GALLERY_BUSY');
    await gallery.close();
    expect(await buildGallery(options(data, out))).toMatchObject({ faces: 2, subjects: 2 });
    const recognizer = colourRecognizer('colours-111111111111');
    expect(await codeOf(buildGallery(options(data, out, { recognizer })))).toBe('GALLERY_MODEL_MISMATCH');
  });

  test('nobody to enrol is an error, and so is a photo in two folders a warning', async () => {
    const blank = await folder({ 'anna/1.png': createImage(200, 100) });
    expect(await codeOf(buildGallery(options(blank, join(root, 'g6'))))).toBe('NO_FACE');
    expect(await codeOf(Gallery.open(join(root, 'g6')))).toBe('GALLERY_NOT_FOUND');

    const twice = await folder({ 'anna/1.png': one(red), 'hanna/1.png': one(red) });
    const { warnings } = await buildGallery(options(twice, join(root, 'g7')));
    expect(warnings.map(({ kind }) => kind)).toEqual(['same_photo_twice', 'two_names_for_one_person']);
  });

  test('faces of low quality are refused where that is asked for', async () => {
    const data = await folder({
      'anna/1.png': one(red),
      'anna/2.png': photo({ at: 80, side: 12, rgb: red }),
    });
    const build = (change: Partial<BuildOptions>) => buildGallery(options(data, join(root, 'g8'), change));
    expect((await build({})).faces).toBe(2);
    const store = openSqliteStore(join(root, 'g8', 'gallery.db'));
    const [large, small] = (await Array.fromAsync(store.faces())).map(({ quality }) => quality!);
    await store.close();
    expect(large).toBeGreaterThan(small!);
    // also where an earlier build had taken them
    const { faces, reused, refused } = await build({ minQuality: (large! + small!) / 2 });
    expect([faces, reused]).toEqual([1, 1]);
    expect(refused).toMatchObject([{ file: 'anna/2.png', code: 'FACE_LOW_QUALITY' }]);
    expect(await codeOf(build({ minQuality: 1 }))).toBe('NO_FACE');
  });

  test('other detector options find other faces: nothing is reused', async () => {
    const data = await folder({ 'anna/1.png': one(red) });
    await buildGallery(options(data, join(root, 'g9')));
    const report = await buildGallery(options(data, join(root, 'g9'), { detect: { minFace: 40 } }));
    expect(report).toMatchObject({ embedded: 1, reused: 0 });
  });
});

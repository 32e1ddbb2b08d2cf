// Faces of unknown people, grouped and made a gallery of, with models that run in a moment.
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installTinyModels, writePicture } from '../../../face/src/testing/patterned-people.ts';
import { type Recorded, recordIn } from '../testing/recorder.ts';

let dir: string;
let env: Record<string, string>;
const run = (...args: string[]): Promise<Recorded> => recordIn(env, ...args);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'clusters-'));
  env = { SEMBLANCE_HOME: join(dir, 'home'), XDG_CACHE_HOME: join(dir, 'cache') };
  await installTinyModels(join(dir, 'home'));
  await run('model', 'use', 'squares', 'quarters');
  for (const [name, people, shade] of [
    ['a', ['ada'], 0],
    ['b', ['bo', 'ada'], 2],
    ['c', ['ada'], 4],
    ['d', ['bo'], 3],
    ['e', ['cy'], 0],
  ] as const)
    await writePicture(join(dir, 'photos', `${name}.png`), people, shade);
  await writeFile(join(dir, 'photos', 'none.jpg'), 'no picture');
});
afterAll(() => rm(dir, { recursive: true }));

const cluster = (out: string, ...args: string[]): Promise<Recorded> =>
  run('gallery', 'cluster', join(dir, 'photos'), '--out', join(dir, out), '--threshold', '0.9', ...args);

test('a folder for each person, from which a gallery is built once they have names', async () => {
  const { code, out, err } = await cluster('groups');
  expect({ code, first: out.slice(0, 2) }).toEqual({
    code: 3,
    first: ['people     2 with 5 faces, the largest group 3', 'alone      1 face'],
  });
  expect(err.join('\n')).toContain('none.jpg: IMAGE_NOT_AN_IMAGE');
  const root = join(dir, 'groups');
  expect((await readdir(root)).sort()).toEqual(['alone', 'groups.json', 'people']);
  expect((await readdir(join(root, 'people'))).sort()).toEqual(['person-1', 'person-2']);
  const { groups, alone } = JSON.parse(await readFile(join(root, 'groups.json'), 'utf8'));
  expect(
    groups.map(({ faces }: { faces: { photo: string }[] }) => faces.map(({ photo }) => photo.at(-5))),
  ).toEqual([
    ['a', 'b', 'c'],
    ['b', 'd'],
  ]);
  expect(alone[0]).toMatchObject({ file: 'alone/6.jpg', photo: join(dir, 'photos', 'e.png') });
  expect((await stat(join(root, 'groups.json'))).mode & 0o77).toBe(0);
  expect((await stat(join(root, 'people'))).mode & 0o77).toBe(0);

  await rename(join(root, 'people', 'person-1'), join(root, 'people', 'Ada'));
  const built = await run('gallery', 'build', '--data', join(root, 'people'), '--gallery', 'found');
  expect(built.code).toBe(0);
  const { out: named } = await run('recognize', join(dir, 'photos', 'c.png'), '--gallery', 'found');
  expect(named[0]).toContain('Ada');
  // whom a gallery knows is left out from then on
  const later = JSON.parse((await cluster('later', '--gallery', 'found', '--format', 'json')).out[0]!);
  expect(later).toMatchObject({ known: 5, groups: [], alone: [{ photo: join(dir, 'photos', 'e.png') }] });
});

test('groups are named into a gallery where they lie', async () => {
  await cluster('to-name');
  const name = (...args: string[]) => run('gallery', 'cluster', join(dir, 'to-name'), ...args);
  expect(
    await name('--name', 'person-1=Ada Lovelace', '--name', 'person-2=Bo', '--into', 'by-groups'),
  ).toMatchObject({
    code: 0,
    out: [
      'person-1 is Ada Lovelace: 3 faces added to by-groups',
      'person-2 is Bo: 2 faces added to by-groups',
    ],
  });
  const { out } = await run('recognize', join(dir, 'photos', 'c.png'), '--gallery', 'by-groups');
  expect(out[0]).toContain('Ada Lovelace');
  for (const [args, code] of [
    [['--name', 'person-9=Cy', '--into', 'by-groups'], 'USAGE_INVALID_VALUE'],
    [['--name', 'person-1', '--into', 'by-groups'], 'USAGE_INVALID_VALUE'],
    [['--name', 'person-1=Cy'], 'USAGE_MISSING_ARGUMENT'],
    [[], 'USAGE_MISSING_ARGUMENT'],
  ] as const)
    expect(await name(...args)).toMatchObject({
      code: 2,
      err: expect.arrayContaining([expect.stringContaining(code)]),
    });
});

test('groups that are there are not mixed with others, and one needs a face', async () => {
  await cluster('once');
  expect(await cluster('once')).toMatchObject({ code: 2, err: [expect.stringContaining('PATH_EXISTS')] });
  const strict = await cluster('nobody', '--set', 'minFace=4000');
  expect(strict).toMatchObject({
    code: 2,
    err: expect.arrayContaining([expect.stringContaining('NO_FACE')]),
  });
});

test('evaluate clustering holds groups against the folders', async () => {
  const people = join(dir, 'known');
  for (const [name, shades] of [
    ['ada', [0, 2, 4]],
    ['bo', [0, 3]],
    ['cy', [1]],
  ] as const)
    for (const shade of shades) await writePicture(join(people, name, `${shade}.png`), [name], shade);
  const args = ['evaluate', 'clustering', '--data', people, '--threshold', '0.9'];
  const whole = JSON.parse((await run(...args, '--format', 'json')).out[0]!);
  expect(whole).toMatchObject({
    pairwise: { f: 1 },
    bcubed: { f: 1 },
    groups: 3,
    people: 3,
    faces: 6,
    missed: 0,
  });
  const mixed = JSON.parse((await run(...args.slice(0, -1), '-1', '--format', 'json')).out[0]!);
  expect(mixed).toMatchObject({ groups: 1, pairwise: { precision: 4 / 15, recall: 1 } });
  expect((await run(...args, '--min-photos', '3')).out[2]).toContain('1 of 3 faces of 1 people');
});

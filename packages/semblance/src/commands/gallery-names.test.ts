// People merged, split and themselves again, and the doctor of galleries, as a user types it, with models that run in a moment.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installTinyModels, writePicture } from '../../../face/src/testing/patterned-people.ts';
import { type Recorded, recordIn } from '../testing/recorder.ts';

let dir: string;
let env: Record<string, string>;
const run = (...args: string[]): Promise<Recorded> => recordIn(env, ...args);
const gallery = (...args: string[]): Promise<Recorded> => run('gallery', ...args);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'names-'));
  env = { SEMBLANCE_HOME: join(dir, 'home'), XDG_CACHE_HOME: join(dir, 'cache') };
  await installTinyModels(join(dir, 'home'));
  await run('model', 'use', 'squares', 'quarters');
  for (const [folder, person, shade] of [
    ['Ada', 'ada', 0],
    ['Ada', 'ada', 3],
    ['Ada', 'bo', 0],
    ['Bo', 'bo', 4],
    ['Bo', 'bo', 8],
    ['Countess', 'ada', 6],
  ] as const)
    await writePicture(join(dir, 'people', folder, `${person}-${shade}.png`), [person], shade);
  const built = await gallery(
    'build',
    '--data',
    join(dir, 'people'),
    '--gallery',
    'people',
    '--threshold',
    '0.9',
  );
  expect(built).toMatchObject({ code: 0 });
});
afterAll(() => rm(dir, { recursive: true }));

const people = async (): Promise<Record<string, number>> => {
  const { people: listed } = JSON.parse((await gallery('show', 'people', '--format', 'json')).out[0]!);
  return Object.fromEntries(listed.map(({ name, faces }: { name: string; faces: number }) => [name, faces]));
};

test('the doctor names the wrong face and the commands that mend it, which undo takes back', async () => {
  const { code, out } = await gallery('doctor', 'people', '--mode', 'off');
  expect(code).toBe(0);
  const lines = out.join('\n');
  expect(lines).toMatch(/likely under the wrong name \(1\)\n {2}Ada: face \d \(Ada\/bo-0\.png\)/);
  const split = /semblance (gallery split people Ada --faces \d --into Bo)/.exec(lines)![1]!;
  expect(lines).toContain('semblance gallery merge people Ada Countess');
  expect(lines).toContain('one photo only: Countess');

  expect(await run(...split.split(' '))).toEqual({
    code: 0,
    out: ['1 face of Ada moved to Bo, who has 3; Ada has 2'],
    err: [],
  });
  expect((await gallery('merge', 'people', 'Ada', 'Countess')).out).toEqual([
    'Countess and Ada are now Ada: 1 face moved',
  ]);
  expect(await people()).toEqual({ Ada: 3, Bo: 3 });
  const { mislabels, twoNames } = JSON.parse((await gallery('doctor', 'people', '--json')).out[0]!);
  expect({ mislabels, twoNames }).toEqual({ mislabels: [], twoNames: [] });

  expect((await gallery('undo', 'people', '--list')).out.slice(1)).toEqual([
    expect.stringMatching(/^20\S+Z {2}Countess merged into Ada \(1 face\)$/),
    expect.stringMatching(/Ada split into Bo \(1 face\)$/),
  ]);
  expect((await gallery('undo', 'people', '--steps', '2')).out).toEqual([
    'undone: Countess merged into Ada (1 face)',
    'undone: Ada split into Bo (1 face)',
  ]);
  expect(await people()).toEqual({ Ada: 3, Bo: 2, Countess: 1 });
  expect(await gallery('undo', 'people')).toMatchObject({
    code: 2,
    err: [expect.stringContaining('GALLERY_NOTHING_TO_UNDO')],
  });
});

test('show lists the faces of a person', async () => {
  const { out } = await gallery('show', 'people', '--person', 'Bo');
  expect(out[0]).toMatch(/^face {2}photo +quality {2}enrolled$/);
  expect(out.slice(1)).toEqual([
    expect.stringMatching(/^ *\d {2}Bo\/bo-4\.png .*from its folder$/),
    expect.stringMatching(/^ *\d {2}Bo\/bo-8\.png/),
  ]);
  expect(await gallery('show', 'people', '--person', 'Nobody')).toMatchObject({
    code: 2,
    err: [expect.stringContaining('GALLERY_SUBJECT_NOT_FOUND')],
  });
  expect((await gallery('split', 'people', 'Bo', '--faces', 'x', '--into', 'Ada')).err[0]).toContain(
    'USAGE_INVALID_VALUE',
  );
});

test('with the photos it measures their faces, also those that are not enrolled, and says which are no good', async () => {
  await writePicture(join(dir, 'people', 'New', 'new.png'), ['cy']);
  await writeFile(join(dir, 'people', 'New', 'none.jpg'), 'no picture');
  const { code, out } = await gallery('doctor', 'people', '--photos', join(dir, 'people'), '--json');
  const { measured, photos, notEnrolled, refused } = JSON.parse(out[0]!);
  expect(code).toBe(3);
  expect(measured).toBe(6);
  // the faces of the tiny models are some pixels large
  expect(photos).toHaveLength(6);
  expect(photos[0].findings[0]).toMatchObject({ problem: 'small', next: expect.stringContaining('nearer') });
  expect(notEnrolled).toMatchObject([{ photo: expect.stringContaining('new.png') }]);
  expect(refused).toMatchObject([{ code: 'IMAGE_NOT_AN_IMAGE' }]);
  const { out: lines } = await gallery('doctor', 'people', '--photos', join(dir, 'people'));
  expect(lines.join('\n')).toMatch(
    /not good enough \(6\)\n {2}Ada: face 1 \(Ada\/ada-0\.png\): the eyes are \d+ pixels/,
  );
});

test('--check refuses at enrolment what the doctor would find', async () => {
  const photo = await writePicture(join(dir, 'cy.png'), ['cy']);
  expect(await gallery('add', 'people', 'Cy', photo, '--check', 'standard')).toMatchObject({
    code: 2,
    err: [expect.stringMatching(/FACE_LOW_QUALITY: cy\.png .*pixels apart.*take a photo from nearer/)],
  });
  const build = ['build', '--data', join(dir, 'people'), '--gallery', 'checked', '--check', 'strict'];
  expect(await gallery(...build)).toMatchObject({
    code: 2,
    err: expect.arrayContaining([expect.stringMatching(/NO_FACE.*8 refused.*pixels apart/)]),
  });
  expect((await gallery('add', 'people', 'Cy', photo)).code).toBe(0);
});

test('a gallery is backed up, verified and restored', async () => {
  const out = join(dir, 'backup');
  const numPeople = Object.keys(await people()).length;
  expect((await gallery('backup', 'people', out)).out[0]).toMatch(`faces of ${numPeople} people`);
  expect((await gallery('verify', out)).out.at(-1)).toMatch(/^index +whole {2}\d faces as in the database/);
  expect(await gallery('restore', out, 'again')).toMatchObject({
    code: 0,
    err: [expect.stringContaining('erase them again')],
  });
  expect(await gallery('restore', out, 'again')).toMatchObject({
    code: 2,
    err: [expect.stringContaining('GALLERY_EXISTS')],
  });
  expect((await gallery('restore', out, 'again', '--replace')).code).toBe(0);
  const db = join(dir, 'home', 'galleries', 'again', 'gallery.db');
  const bytes = await readFile(db);
  await writeFile(db, bytes.subarray(0, bytes.length - 5000));
  const { code, out: lines } = await gallery('verify', 'again');
  expect({ code, line: lines[1] }).toEqual({ code: 1, line: expect.stringMatching(/^database {2}DAMAGED/) });
});

test('a gallery is handed on as one file', async () => {
  const file = join(dir, 'people.semblance');
  const words = join(dir, 'export.key');
  await writeFile(words, `${Buffer.alloc(32, 9).toString('base64')}\n`);
  const exported = await gallery('export', 'people', file, '--export-key', words);
  expect(exported).toMatchObject({ code: 0 });
  const key = exported.out.at(-1)!.split(/ {2,}/)[1]!;
  expect((await gallery('import', file, 'taken', '--export-key', words, '--trust', key)).code).toBe(0);
  const { out } = await run('recognize', join(dir, 'people', 'Bo', 'bo-8.png'), '--gallery', 'taken');
  expect(out[0]).toContain('Bo');
  env.SEMBLANCE_EXPORT_PASSPHRASE = 'another one';
  for (const [args, code] of [
    [[file, 'taken-2'], 'EXPORT_KEY_WRONG'],
    [[file, 'taken-2', '--export-key', words, '--trust', `${key.slice(0, -3)}AA=`], 'EXPORT_'],
    [[words, 'taken-2'], 'DATA_INVALID'],
    [[join(dir, 'nowhere'), 'taken-2'], 'PATH_NOT_FOUND'],
    [[file, 'taken', '--export-key', words], 'GALLERY_EXISTS'],
  ] as const)
    expect(await gallery('import', ...args)).toMatchObject({ code: 2, err: [expect.stringContaining(code)] });
  delete env.SEMBLANCE_EXPORT_PASSPHRASE;
  expect((await gallery('import', file, 'taken-2')).err[0]).toContain('USAGE_MISSING_ARGUMENT');
  const again = ['--export-key', words, '--merge', '--re-embed'];
  const merged = await gallery('import', file, 'taken', ...again);
  expect(merged.out[1]).toMatch(/^faces +0 \(\d were there already\)$/);
});

test('people of another system are taken over by their pictures', async () => {
  await writePicture(join(dir, 'known', 'Cy.png'), ['cy']);
  await writePicture(join(dir, 'known', 'Nobody.png'), []);
  const taken = await gallery('import', join(dir, 'known'), 'known');
  expect(taken).toMatchObject({
    code: 3,
    err: expect.arrayContaining([expect.stringContaining('refused Nobody (Nobody.png): NO_FACE')]),
  });
  expect(taken.out.slice(1, 3)).toEqual(['faces       1', 'embeddings  made anew of the pictures']);
  const { out } = await run('recognize', join(dir, 'known', 'Cy.png'), '--gallery', 'known');
  expect(out[0]).toContain('Cy');
  expect(await gallery('import', join(dir, 'known'), 'known', '--merge', '--model', 'other')).toMatchObject({
    code: 2,
    err: [expect.stringContaining('GALLERY_MODEL_MISMATCH')],
  });
});

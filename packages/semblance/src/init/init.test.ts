import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installTinyModels, writePicture } from '../../../face/src/testing/patterned-people.ts';
import { recordIn, recordTerminal } from '../testing/recorder.ts';

let dir: string;
let env: Record<string, string>;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'init-'));
  env = { SEMBLANCE_HOME: join(dir, 'home'), SEMBLANCE_MODEL_MIRROR: join(dir, 'no-mirror') };
});
afterEach(() => rm(dir, { recursive: true }));
const path = (...parts: string[]): string => join(dir, ...parts);
const written = (...parts: string[]): Promise<string> => readFile(path(...parts), 'utf8');

async function chosenModels(): Promise<void> {
  await installTinyModels(path('home'));
  await recordIn(env, 'model', 'use', 'squares', 'quarters');
}

test('with flags alone: a project, and a gallery of the photos', async () => {
  await chosenModels();
  await writePicture(path('photos', 'Ann', '1.png'), ['ada']);
  await writePicture(path('photos', 'Bo B', '1.png'), ['bo']);
  const { code, out } = await recordIn(env, 'init', path('our family'), '--people', path('photos'));
  expect(code).toBe(0);
  expect(out[0]).toBe(`${path('our family')}: package.json, who.mjs, .gitignore, README.md`);
  expect((await readdir(path('our family'))).sort()).toEqual([
    '.gitignore',
    'README.md',
    'gallery',
    'package.json',
    'who.mjs',
  ]);
  const json = JSON.parse(await written('our family', 'package.json'));
  expect(json).toMatchObject({ name: 'our-family', type: 'module' });
  expect(json.scripts.gallery).toBe(
    'semblance gallery build --data ../photos --out gallery --detector squares --recognizer quarters',
  );
  const { out: who } = await recordIn(
    env,
    ...[
      'recognize',
      path('photos', 'Ann', '1.png'),
      '--gallery',
      path('our family', 'gallery'),
      '--format',
      'csv',
    ],
  );
  expect(who).toEqual([`${path('photos', 'Ann', '1.png')},Ann`]);
});

test('at a terminal it asks for the folder and the photos, and for models only where none are chosen', async () => {
  await chosenModels();
  const answers = [path('family'), ''];
  const { code, err } = await recordTerminal(env, answers, ['init']);
  expect(code).toBe(0);
  expect(err.filter((line) => line.endsWith(': '))).toEqual([
    'Folder of the project [people]: ',
    'Folder of photos, with a folder for each person (empty: later): ',
  ]);
  expect(err.at(-1)).toContain('npm run gallery');
  expect(await readdir(path('family', 'people'))).toEqual([]);
  expect(await written('family', '.gitignore')).toContain('people/\ngallery/');
});

test('models that are not here are named, and pulled only with their license accepted', async () => {
  const asked = (...answers: string[]) =>
    recordTerminal(env, answers, ['init', path('lab'), '--people', path('photos')]);
  await mkdir(path('photos'));
  const refused = await asked('3', 'perhaps');
  expect(refused.code).toBe(2);
  expect(refused.err.join('\n')).toContain(
    'buffalo-l: license InsightFace model license, non-commercial research only',
  );
  expect(refused.err.at(-1)).toMatch(/error MODEL_LICENSE_NOT_ACCEPTED/);
  const accepted = await asked('3', 'yes');
  // as far as it gets here: the mirror that was named has nothing
  expect(accepted.err.at(-1)).toMatch(/error PATH_NOT_FOUND: .*no-mirror.*buffalo_l\.zip/);
  expect((await asked('4')).err.at(-2)).toMatch(/error USAGE_INVALID_VALUE: expected 1, 2 or 3/);
  expect((await readdir(dir)).sort()).not.toContain('lab');
});

test('nobody to ask: models are named by flags, or by --yes', async () => {
  const { code, err } = await recordIn(env, 'init', path('x'));
  expect(code).toBe(2);
  expect(err[0]).toMatch(/error USAGE_MISSING_ARGUMENT: .*--detector.*--yes takes yunet and sface/);
  const yes = await recordIn(env, 'init', path('x'), '--yes');
  expect(yes.err.at(-1)).toMatch(/error PATH_NOT_FOUND: .*face_detection_yunet_2023mar\.onnx/);
});

test('nothing is written over a file, and photos must be there', async () => {
  await chosenModels();
  await mkdir(path('mine'));
  await writeFile(path('mine', 'package.json'), 'mine');
  expect((await recordIn(env, 'init', path('mine'))).err[0]).toMatch(/error PATH_EXISTS: .*package\.json/);
  expect(await readdir(path('mine'))).toEqual(['package.json']);
  expect(await written('mine', 'package.json')).toBe('mine');
  const { err } = await recordIn(env, 'init', path('other'), '--people', path('nowhere'));
  expect(err[0]).toBe(`error PATH_NOT_FOUND: no such folder: ${path('nowhere')}`);
});

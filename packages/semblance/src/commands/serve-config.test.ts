import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { recordIn } from '../testing/recorder.ts';

const dir = await mkdtemp(join(tmpdir(), 'serve-config-'));
afterAll(() => rm(dir, { recursive: true }));
let numFiles = 0;

/** What is in effect: each option with its value and what set it. */
async function effective(env: Record<string, string>, file: unknown, ...args: string[]) {
  const path = join(dir, `serve-${numFiles++}.json`);
  await writeFile(path, typeof file === 'string' ? file : JSON.stringify(file));
  const given = file === null ? args : ['--config', path, ...args];
  const { code, out, err } = await recordIn(env, 'serve', '--print-config', ...given);
  const settings = out.map((line) => line.split(/ {2,}/)).map(([name, value, by]) => [name, [value, by]]);
  return { code, settings: Object.fromEntries(settings), path, err };
}

test('a flag comes before a variable, a variable before the file, the file before the default', async () => {
  const file = { host: '0.0.0.0', port: 1, maxFaces: 2, rate: 3 };
  const env = { SEMBLANCE_SERVE_PORT: '10', SEMBLANCE_SERVE_MAX_FACES: '20', SEMBLANCE_SERVE_RATE: '' };
  const { code, settings, path } = await effective(env, file, '--port', '100');
  expect(code).toBe(0);
  expect(settings).toMatchObject({
    port: ['100', '--port'],
    maxFaces: ['20', 'SEMBLANCE_SERVE_MAX_FACES'],
    rate: ['3', path],
    host: ['0.0.0.0', path],
    maxRequests: ['64', 'default'],
    detector: ['-', 'default'],
  });
});

test('lists and pairs are set by each of the three', async () => {
  const file = { cors: ['https://a.example'], set: { minFace: 40 }, modelsRoot: ['m'] };
  const of = async (env: Record<string, string>, ...args: string[]) => {
    const { settings } = await effective(env, file, ...args);
    return [settings.cors[0], settings.set[0], settings.modelsRoot[0]];
  };
  expect(await of({})).toEqual(['https://a.example', 'minFace=40', 'm']);
  const env = {
    ...{ SEMBLANCE_SERVE_CORS: 'https://b.example, https://c.example', SEMBLANCE_SERVE_MODELS_ROOT: 'n,o' },
    SEMBLANCE_SERVE_SET: 'minFace=9,tile=640',
  };
  expect(await of(env)).toEqual(['https://b.example, https://c.example', 'minFace=9, tile=640', 'n, o']);
  expect(await of(env, '--cors', '*', '--set', 'tile=1', '--set', 'minFace=2')).toEqual([
    '*',
    'tile=1, minFace=2',
    'n, o',
  ]);
});

test('the file is named by a variable, too', async () => {
  const { path } = await effective({}, { port: 7 });
  const { settings } = await effective({ SEMBLANCE_SERVE_CONFIG: path }, null);
  expect(settings.port).toEqual(['7', path]);
});

test('the file that the documentation shows is one', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../../docs/serve-options.md'), 'utf8');
  const [, example] = /```json\n(.*?)```/s.exec(page)!;
  const { code, settings } = await effective({}, example);
  expect([code, settings.set[0]]).toEqual([0, 'minFace=40']);
});

test('a password within an address is not printed', async () => {
  const { settings } = await effective({ SEMBLANCE_SERVE_GALLERY: 'postgresql://me:secret@db/people' }, null);
  expect(settings.gallery[0]).toBe('postgresql://me:***@db/people');
});

test.each([
  [
    { SEMBLANCE_SERVE_MAX_FACE: '1' },
    {},
    "'SEMBLANCE_SERVE_MAX_FACE', which the environment sets. Did you mean SEMBLANCE_SERVE_MAX_FACES?",
  ],
  [{}, { 'max-faces': 1 }, 'Did you mean maxFaces?'],
  [{}, { config: 'other.json' }, "there is no option 'config'"],
  [{}, { __proto__x: 1 }, "there is no option '__proto__x'"],
  [
    { SEMBLANCE_SERVE_PORT: '99999' },
    {},
    "from 0 to 65535 for --port but received '99999' (set by SEMBLANCE_SERVE_PORT)",
  ],
  [{}, { port: true }, 'expected a text or a number for --port but received true (set by '],
  [{}, { log: 'jsn' }, 'Did you mean json?'],
  [{}, { cors: 'https://a.example' }, 'expected a list of texts for --cors but received "https://a.example"'],
  [{}, { set: ['tile=1'] }, 'expected an object for --set'],
  [{ SEMBLANCE_SERVE_SET: 'tile' }, {}, 'expected --set key=value'],
  [{}, '{"port": 1,}', 'is not valid JSON'],
  [{}, '[]', 'expected an object of options in '],
])('%j and %j are refused', async (env, file, words) => {
  const { code, err } = await effective(env as Record<string, string>, file);
  expect(code).toBe(2);
  expect(err[0]).toMatch(/^error USAGE_INVALID_VALUE: /);
  expect(err[0]).toContain(words);
});

test('a file that is not there is said by its path', async () => {
  const { code, err } = await recordIn({}, 'serve', '--config', '/nowhere/serve.json');
  expect([code, err[0]]).toEqual([2, 'error PATH_NOT_FOUND: no such file: /nowhere/serve.json']);
});

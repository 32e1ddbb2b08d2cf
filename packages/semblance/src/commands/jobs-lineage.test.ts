// A recognizer that a version left, used wherever a model is named, with models that run in a moment.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { installTinyModels, writePicture } from '../../../face/src/testing/patterned-people.ts';
import { checkJson } from '../../../jobs/src/testing/check-json.ts';
import { type Recorded, recordIn } from '../testing/recorder.ts';

vi.setConfig({ testTimeout: 120_000 });

let dir: string;
let env: Record<string, string>;
const run = (...args: string[]): Promise<Recorded> => recordIn(env, ...args);

beforeAll(async () => {
  Object.assign(process.env, { SEMBLANCE_JOB_IDLE_MS: '300', SEMBLANCE_JOB_SLOTS: '1' });
  dir = await mkdtemp(join(tmpdir(), 'lineage-'));
  env = { SEMBLANCE_HOME: join(dir, 'home'), XDG_CACHE_HOME: join(dir, 'cache'), PATH: process.env.PATH! };
  await installTinyModels(join(dir, 'home'));
  await run('model', 'use', 'squares', 'quarters');
  for (const name of ['ada', 'bo', 'cy'])
    for (const shade of [0, 9]) await writePicture(join(dir, 'photos', name, `${shade}.png`), [name], shade);
  const pairs = ['ada', 'bo', 'cy'].map((name) => `${name}/0.png ${name}/9.png 1`);
  const strangers = ['ada/0.png bo/0.png 0', 'bo/9.png cy/9.png 0', 'ada/9.png cy/0.png 0'];
  await writeFile(join(dir, 'pairs.csv'), `${[...pairs, ...strangers].join('\n')}\n`);
  // "trained" by a command of one's own
  const model = join(dir, 'home/models/quarters');
  for (const _ of [1, 2]) {
    const done = await run(
      'jobs',
      'create',
      'trained',
      '--follow',
      '--',
      'cp',
      '-r',
      model,
      '{outputs}/model',
    );
    expect(done.code, done.err.join('\n')).toBe(0);
  }
  await run('jobs', 'alias', 'trained/V0001', 'production');
}, 120_000);
afterAll(() => rm(dir, { recursive: true, maxRetries: 20, retryDelay: 200 }));

test('a version stands for its model in commands that read one', async () => {
  const [one, two] = [join(dir, 'photos/ada/0.png'), join(dir, 'photos/ada/9.png')];
  const named = await run('verify', one, two, '--recognizer', 'quarters', '--format', 'json');
  for (const version of ['trained/V0001', 'trained@production', 'trained/V0001/model']) {
    const used = await run('verify', one, two, '--recognizer', version, '--format', 'json');
    expect(JSON.parse(used.out[0]!).similarity, used.err.join('\n')).toBe(
      JSON.parse(named.out[0]!).similarity,
    );
  }
  expect((await run('model', 'inspect', 'trained/V0001')).code).toBe(0);
  expect((await run('verify', one, two, '--recognizer', 'trained/V0009')).err[0]).toMatch(
    'VERSION_NOT_FOUND',
  );
  expect((await run('verify', one, two, '--recognizer', 'trained@none')).err[0]).toMatch('ALIAS_NOT_FOUND');
  expect((await run('model', 'inspect', 'trained/V0001/../../x')).err[0]).toMatch(/PATH_OUTSIDE_ROOT/);
  // no job is named so: a path like any other
  expect((await run('model', 'inspect', 'models/V0001')).err[0]).not.toMatch('JOB_');
});

test('a version that was made with another says so, and that one tells what uses it', async () => {
  const made = await run(
    ...['jobs', 'create', 'crowd', '--follow', '--', 'gallery', 'build', '--data', join(dir, 'photos')],
    ...['--recognizer', 'trained@production', '--detector', 'squares', '--threshold', '0.5'],
  );
  expect(made.code, made.err.join('\n')).toBe(0);
  const user = JSON.parse((await run('jobs', 'show', 'crowd', '--format', 'json')).out[0]!);
  expect(user.spec.uses).toEqual({ recognizer: 'trained/V0001' });
  expect(user.spec.options.recognizer).toBe(join(dir, 'home/jobs/versions/trained/V0001/outputs/model'));
  const { out } = await run('jobs', 'show', 'trained/V0001');
  expect(out.find((line) => line.startsWith('used by'))).toMatch(
    /crowd\/V0001 \(gallery-build, as recognizer\)/,
  );
  expect(out.find((line) => line.startsWith('alias'))).toMatch(/trained@production$/);
  // what is made from it keeps the lineage, unless it gets another recognizer
  await run('jobs', 'modify', 'crowd', '--option', 'threshold=0.6');
  await run('jobs', 'modify', 'crowd/V0001', '--option', 'recognizer=quarters');
  const usesOf = async (name: string) =>
    JSON.parse((await run('jobs', 'show', name, '--format', 'json')).out[0]!).spec.uses;
  expect(await usesOf('crowd/V0002')).toEqual({ recognizer: 'trained/V0001' });
});

test('versions are measured on one set of one’s own, and keep the result', async () => {
  const set = ['--pairs', join(dir, 'pairs.csv'), '--data', join(dir, 'photos')];
  const done = await run('jobs', 'evaluate', 'trained', ...set, '--fars', '0.1,0.01', '--name', 'mine');
  expect(done.code, done.err.join('\n')).toBe(0);
  expect(done.out[0]).toMatch(/^version +FNMR at FMR 0\.1 +FNMR at FMR 0\.01 +EER +accuracy$/);
  expect(done.out[1]).toMatch(/^trained\/V0001 +0\.00 %.* +0\.00 % +100\.00 %$/);
  expect(done.out).toHaveLength(3);
  const shown = await run('jobs', 'show', 'trained/V0001');
  expect(shown.out.join('\n')).toMatch(
    /( UTC|[+-]\d\d:\d\d) +evaluated on mine: EER 0\.00 %, accuracy 100\.00 %/,
  );
  const { records } = JSON.parse((await run('jobs', 'show', 'trained/V0001', '--format', 'json')).out[0]!);
  expect(records[0].body).toMatchObject({
    set: 'mine',
    metrics: { 'fnmrAtFmr.0.1': { value: 0 }, eer: { value: 0 } },
    misses: { length: 6 },
  });
  expect(records[0].body.misses[0]).toMatchObject({
    same: true,
    pictures: [expect.stringMatching(/^data:image\/jpeg;base64,/), expect.any(String)],
  });
});

test('what is printed as JSON is what its schema says', async () => {
  const set = ['--pairs', join(dir, 'pairs.csv'), '--data', join(dir, 'photos')];
  for (const [name, ...args] of [
    ['list'],
    ['show', 'trained/V0001'],
    ['compare', 'trained', '--all'],
    ['evaluate', 'trained/V0001', ...set],
  ] as ['list', ...string[]][]) {
    const { out, err } = await run('jobs', name, ...args, '--format', 'json');
    expect(out.length, err.join('\n')).toBeGreaterThan(0);
    const schema = JSON.parse((await run('jobs', 'schema', name)).out.join(''));
    for (const line of out) {
      checkJson(name, JSON.parse(line));
      for (const key of schema.required) expect(JSON.parse(line)).toHaveProperty([key]);
    }
  }
  expect((await run('jobs', 'schema', 'lst')).err[0]).toMatch(/USAGE_INVALID_VALUE.*Did you mean list\?/);
});

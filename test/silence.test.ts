// Nothing that people run with this project speaks to anyone, or leaves anything behind, that they did not ask for.
// Each case is a process of its own under strace, in empty folders and on a network without a way out.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeToyPeople } from '../packages/train/src/testing/toy-people.ts';
import { createFixture, type Fixture, people, photo } from './service/fixtures.ts';
import { canWatch, leavesTheMachine, needsTracer, type Watched, watch } from './silence/watch.ts';
import { root } from './source-files.ts';

const semblance = join(root, 'scripts', 'semblance');
const program = (name: string, ...args: string[]): string[] => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  fileURLToPath(new URL(`silence/${name}.ts`, import.meta.url)),
  ...args,
];

/** The one thing that the command line keeps: its own modules, compiled. */
const isOurs = (path: string): boolean => path.startsWith('home/.cache/semblance/compile/');

function expectSilent({ code, stderr, attempts, left }: Watched, expectedCode = 0): void {
  expect({ code, attempts, left: left.filter((path) => !isOurs(path)) }, stderr).toEqual({
    code: expectedCode,
    attempts: [],
    left: [],
  });
}

test('what leaves the machine is told from what does not', () => {
  const call = (address: string) => leavesTheMachine(`7 connect(3, {${address}}, 16) = -1 ENETUNREACH (…)`);
  expect(call('sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"')).toBe(false);
  expect(call('sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")')).toBe(false);
  expect(call('sa_family=AF_INET6, sin6_port=htons(80), inet_pton(AF_INET6, "::1", &sin6_addr)')).toBe(false);
  expect(call('sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")')).toBe(true);
  expect(call('sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")')).toBe(true);
  expect(call('sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", …)')).toBe(true);
});

const title = canWatch ? 'under strace, without a network' : needsTracer;
describe.skipIf(!canWatch)(title, { timeout: 300_000 }, () => {
  let fixture: Fixture;
  let models: string[];
  let photos: string;
  let faces: string;
  const path = (...names: string[]) => join(fixture.root, ...names);

  beforeAll(async () => {
    fixture = await createFixture();
    models = ['--detector', fixture.detector, '--recognizer', fixture.recognizer];
    photos = path('people');
    for (const name of Object.keys(people)) {
      await mkdir(join(photos, name), { recursive: true });
      for (const shade of [0, 10])
        await writeFile(join(photos, name, `${shade}.png`), await photo([name], shade));
    }
    faces = path('faces');
    await writeToyPeople(faces, 3, 6);
  });
  afterAll(() => fixture.remove());

  test('ONNX Runtime by itself is heard: the other cases would notice', async () => {
    const { attempts, left } = await watch(program('library', 'neither'));
    expect(left).toContainEqual(expect.stringContaining('onnxruntime/deviceid'));
    expect(attempts.length).toBeGreaterThan(0);
  });

  test.each([
    ['main', '12'],
    ['runners', '12'],
    ['worker', '12'],
    ['worker-shares', '12'],
    ['worker-alone', 'TELEMETRY_NOT_OFF'],
  ])('the library: %s', async (way, said) => {
    const watched = await watch(program('library', way));
    expectSilent(watched);
    expect(watched.stdout.trim()).toBe(said);
  });

  test('the library in a worker alone, where the environment of the process says it', async () => {
    const watched = await watch(program('library', 'worker-alone'), { ORT_DISABLE_TELEMETRY: '1' });
    expectSilent(watched);
    expect(watched.stdout.trim()).toBe('12');
  });

  test('detect', async () => {
    const args = ['--data', photos, '--detector', fixture.detector, '--annotate', path('annotated')];
    const watched = await watch([semblance, 'detect', ...args, '--format', 'json']);
    expectSilent(watched);
    expect(watched.stdout.trim().split('\n').length).toBe(6);
  });

  test('gallery build and recognize', async () => {
    const gallery = path('gallery');
    expectSilent(await watch([semblance, 'gallery', 'build', '--data', photos, ...models, '--out', gallery]));
    const args = ['--data', photos, ...models, '--gallery', gallery, '--format', 'json'];
    const watched = await watch([semblance, 'recognize', ...args]);
    expectSilent(watched);
    expect(watched.stdout).toContain('"ada"');
  });

  test('listing models that could be fetched, and comparing photos', async () => {
    const listed = await watch([semblance, 'model', 'list']);
    expectSilent(listed);
    expect(listed.stdout).toContain('yunet');
    const compared = await watch([
      ...[semblance, 'verify', ...models],
      ...['0.png', '10.png'].map((name) => join(photos, 'ada', name)),
    ]);
    expectSilent(compared);
    expect(compared.stdout).toContain('the same person');
  });

  test('serve', async () => {
    const state = ['--port', '0', '--state', path('state'), '--jobs', path('jobs')];
    const gallery = ['--gallery', await fixture.newGallery()];
    const watched = await watch(
      program('serve', join(photos, 'ada', '0.png'), semblance, 'serve', ...models, ...gallery, ...state),
    );
    expectSilent(watched);
    expect(watched.stdout).toContain('"subjects"');
  });

  test('training, which ends with an export', async () => {
    const out = path('trained');
    const values = { inputSize: 32, batchSize: 6, epochs: 2, embeddingSize: 16, valPerPerson: 2, workers: 1 };
    const settings = Object.entries({ ...values, 'backboneOptions.width': 0.125, threads: 1, device: 'cpu' });
    const sets = settings.flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    expectSilent(await watch([semblance, 'train', 'recognition', '--data', faces, '--out', out, ...sets]));
  });

  test('export by @semblance/torch alone', async () => {
    const out = path('exported');
    await mkdir(out);
    const watched = await watch(program('export', out));
    expectSilent(watched);
    expect(watched.stdout.trim()).toBe('checked');
  });

  test('object storage without credentials: no EC2 metadata service is asked', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1' };
    const watched = await watch([semblance, 'storage', 'copy', photos, 's3://bucket/people'], env);
    expectSilent(watched, 1);
    expect(watched.stderr).toContain('STORAGE_DENIED');
  });
});

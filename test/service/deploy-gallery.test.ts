import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadRecognizer } from '../../packages/face/src/models/load.ts';
import { versionPaths } from '../../packages/jobs/src/home.ts';
import { JobService } from '../../packages/jobs/src/service.ts';
import type { Io } from '../../packages/semblance/src/cli/io.ts';
import { run } from '../../packages/semblance/src/run.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

// a supervisor, workers and a service are started: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let fixture: Fixture;
let service: Running;
let home: string;
beforeAll(async () => {
  fixture = await createFixture();
  home = join(fixture.root, 'jobs');
  service = await fixture.start();
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

/** Runs the command line as an administrator of the service; gives its code and all it said. */
async function semblance(...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const env = { ...process.env, SEMBLANCE_API_KEY: service.key, SEMBLANCE_JOB_IDLE_MS: '300' };
  const io: Io = { out: say, err: say, draw: () => {}, isTerminal: false, columns: () => 80, env };
  return { code: await run(args, io), said: said.join('\n') };
}
const job = (command: string, ...args: string[]) => semblance('jobs', command, '--jobs', home, ...args);
const deploy = (...args: string[]) => job('deploy', '--url', service.url, ...args);

/** Whom the service takes the person in a photo for, and the model that said so. */
async function who(name: string): Promise<{ subject: string; model: string }> {
  const path = '/api/v1/recognition/recognize?status=true';
  const { json } = await service.call('POST', path, await photo([name], 7));
  return { subject: json.result[0].subjects[0].subject, model: json.plugins_versions.calculator };
}

test('a gallery that a version has built is put into service, and the version stays as it was', async () => {
  const people = join(fixture.root, 'people');
  for (const name of ['ada', 'bob']) {
    await mkdir(join(people, name), { recursive: true });
    for (const shade of [0, 4])
      await writeFile(join(people, name, `${shade}.png`), await photo([name], shade));
  }
  const models = ['--detector', fixture.detector, '--recognizer', fixture.recognizer];
  const build = ['gallery', 'build', '--data', people, ...models, '--threshold', '0.9'];
  const made = await job('create', 'crowd', '--follow', '--', ...build);
  expect(made, made.said).toMatchObject({ code: 0 });

  expect((await who('ada')).subject).toBe('unknown');
  const deployed = await deploy('crowd/V0001');
  expect(deployed, deployed.said).toMatchObject({ code: 0 });
  expect(deployed.said).toContain('crowd.V0001 100 %');
  const [first, other] = [
    (await loadRecognizer(fixture.recognizer)).id,
    (await loadRecognizer(fixture.otherRecognizer)).id,
  ];
  expect(await who('ada')).toEqual({ subject: 'ada', model: first });
  expect((await who('bob')).subject).toBe('bob');
  expect((await who('eve')).subject).toBe('unknown');

  // what is enrolled goes into the service's own copy: the version's output is a record
  const enrolled = await service.call('POST', '/api/v1/recognition/faces?subject=eve', await photo(['eve']));
  expect(enrolled.status).toBe(201);
  expect((await who('eve')).subject).toBe('eve');
  await using jobs = new JobService({ home });
  const version = await jobs.find('crowd');
  const file = join('gallery', 'gallery.db');
  const bytes = await readFile(join(versionPaths(home, version).outputs, file));
  const recorded = version.artifacts.find(({ path }) => path.endsWith(file));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(recorded?.sha256);

  // a recognizer of one version with the gallery of another: embedded anew from its crops
  const copy = `mkdir -p {outputs}/model && cp -r ${fixture.otherRecognizer}/. {outputs}/model`;
  const trained = await job('create', 'faces', '--follow', '--', 'sh', '-c', copy);
  expect(trained, trained.said).toMatchObject({ code: 0 });
  const both = await deploy('faces', '--gallery', 'crowd/V0001');
  expect(both, both.said).toMatchObject({ code: 0 });
  expect(await who('bob')).toEqual({ subject: 'bob', model: other });
  expect((await who('eve')).subject).toBe('unknown');

  for (const [name, subject] of [
    ['eve', 'eve'],
    ['ada', 'unknown'],
  ] as const) {
    const back = await semblance('deployments', 'rollback', '--url', service.url);
    expect(back, back.said).toMatchObject({ code: 0 });
    expect((await who(name)).subject).toBe(subject);
  }
});

test('what is no gallery is refused, and what serves goes on', async () => {
  const made = await job('create', 'nothing', '--follow', '--', 'true');
  expect(made, made.said).toMatchObject({ code: 0 });
  for (const [args, reason] of [
    [['nothing'], 'neither a model nor a gallery'],
    [['faces', '--gallery', 'nothing/V0001'], 'did not build a gallery'],
    [['faces', '--gallery', 'crowd/V0009'], 'no version V0009'],
    [['faces', '--gallery', join(fixture.root, 'nowhere')], 'no gallery'],
  ] as const) {
    const { code, said } = await deploy(...args);
    expect(code, said).not.toBe(0);
    expect(said).toContain(reason);
  }
  expect((await who('ada')).subject).toBe('unknown');
});

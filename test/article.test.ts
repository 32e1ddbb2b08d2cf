import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Version } from '@semblance/jobs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  hasRegistry,
  PASSWORD,
  startDockerRegistry,
  type TestRegistry,
  USER,
} from '../packages/jobs/src/image/testing/docker-registry.ts';
import { openLocation } from '../packages/jobs/src/storage/location.ts';
import { stateOf } from '../packages/jobs/src/storage/manifest.ts';
import {
  hasSwift,
  needsSwift,
  type SwiftServer,
  startSwift,
} from '../packages/jobs/src/storage/testing/swift.ts';
import { bestDriver, buildahStore, hasBuildah } from '../packages/jobs/src/testing/buildah-store.ts';
import { hasSlurm, type SlurmCluster, startSlurm } from '../packages/jobs/src/testing/slurm.ts';
import { type TestJobs, testJobs } from '../packages/jobs/src/testing/with-jobs.ts';
import { jobParts } from '../packages/semblance/src/commands/job-kinds/index.ts';
import { taskOfCommand } from '../packages/semblance/src/commands/job-kinds/task-of-command.ts';
import { Images } from './images/images.ts';
import { root } from './source-files.ts';

// an image with a training engine is built, pushed, pulled and unpacked: each test takes what the one before it has made
vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 600_000 });

const isPossible = hasSwift && hasRegistry && hasSlurm && hasBuildah;

describe.skipIf(!isPossible)(`examples/article.sh (${needsSwift}, and Slurm, buildah, a registry)`, () => {
  let images: Images;
  let registry: TestRegistry;
  let swift: SwiftServer;
  let cluster: SlurmCluster;
  let env: Record<string, string>;
  let image: string;
  beforeAll(async () => {
    images = new Images();
    [registry, swift, cluster] = await Promise.all([
      startDockerRegistry(images.dir),
      startSwift(),
      startSlurm(),
    ]);
    image = `${registry.host}/team/faces:1`;
    const auth = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
    const registries = `[[registry]]\nlocation = "${registry.host}"\ninsecure = true\n`;
    writeFileSync(images.path('auth.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    writeFileSync(images.path('registries.conf'), registries);
    mkdirSync(images.path('buildah'));
    // which kernels compute here and not in an image: what differs by them is no fault of either
    for (const name of Object.keys(process.env))
      if (/^(OPENBLAS|OMP|MKL)_/.test(name)) delete process.env[name];
    env = {
      ...swift.env,
      ...cluster.env,
      ...buildahStore(images.path('buildah'), bestDriver(images.dir)),
      SEMBLANCE_SLURM_POLL_MS: '200',
      REGISTRY_AUTH_FILE: images.path('auth.json'),
      CONTAINERS_REGISTRIES_CONF: images.path('registries.conf'),
    };
  });
  afterAll(async () => {
    await cluster?.stop();
    await swift?.stop();
    registry?.stop();
    images?.remove();
  });

  /** The losses that a training left in its log. */
  const lossesIn = (...path: string[]): number[] =>
    readFileSync(images.path(...path, 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .flatMap((line) => JSON.parse(line).loss ?? []);

  test('goes from an image built here to a photo recognised by its service, in nine steps', async () => {
    const bucket = await swift.createBucket();
    const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
      const options = {
        env: { ...process.env, ...env, BUILD_OPTIONS: images.buildOptions.join(' ') },
        maxBuffer: 1 << 26,
      };
      const words = [`s3://${bucket}/p`, image, images.dir];
      execFile(join(root, 'examples', 'article.sh'), words, options, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, output: `${stdout}${stderr}` }),
      );
    });
    expect(code, output).toBe(0);
    const lines = output.trimEnd().split('\n');
    expect(lines.filter((line) => !/^[1-9] [^|]+ \| /.test(line))).toEqual([]);
    const step = (number: number): string =>
      lines
        .flatMap((line) => (line.startsWith(`${number} `) ? line.replace(/^[^|]+\| /, '') : []))
        .join('\n');
    const [base, own, pushed, pulled] = [1, 2, 3, 4].map(
      (number) => [...step(number).matchAll(/sha256:[0-9a-f]{64}/g)].at(-1)?.[0],
    );
    expect(own).not.toBe(base);
    expect([pushed, pulled]).toEqual([own, own]);
    expect(step(4)).toContain('the same digest as the one that was built');
    expect(step(7)).toMatch(/the same losses in each of (1[5-9]|2\d) steps$/);
    // all that differs in what they were told is where they ran
    const told = /^– parameters\n([\s\S]*?)\n\n/m.exec(step(7))![1]!.split('\n');
    expect(told.map((row) => row.split(' ')[0])).toEqual(['executor', 'image']);
    Object.assign(process.env, swift.env);
    for (const version of ['V0001', 'V0002']) {
      const state = await stateOf(await openLocation(`s3://${bucket}/p/models/faces/${version}`));
      expect(state.kind).toBe('complete');
      expect(Object.keys(state.manifest!.files)).toContain('model.onnx');
    }
    expect(step(8).match(/^task +recognition/gm)).toHaveLength(2);
    const person = /^who is (.+)\?$/m.exec(step(9))![1];
    const [, subject, similarity] = /"subject":"([^"]+)","similarity":([0-9.]+)/.exec(step(9)) ?? [];
    expect(subject).toBe(person);
    expect(Number(similarity)).toBeGreaterThan(0.999);
  });

  const trains = (words: string): string[] =>
    `semblance train recognition --data /opt/semblance/data --recipe arcface-synthetic-small ${words}`.split(
      ' ',
    );

  test('the image trains by itself, on the data that are in it, with the losses of the versions', async () => {
    mkdirSync(images.path('runs'));
    chmodSync(images.path('runs'), 0o777);
    const settings = 'epochs=7 lr=0.02 batchSize=8 device=cpu threads=1 workers=0'.split(' ');
    const command = trains(`--out /runs/1 ${settings.map((each) => `--set ${each}`).join(' ')}`);
    const run = ['image', 'run', image, '--mount', 'runs:/runs', '--', ...command];
    const { code, err } = await images.semblance(run, { env: { SEMBLANCE_HOME: images.path('elsewhere') } });
    expect(code, err).toBe(0);
    expect(lossesIn('runs', '1')).toEqual(lossesIn('V0001', 'model'));
    expect(readdirSync(images.path('runs', '1'))).toContain('model.onnx');
  });

  describe('two workers', () => {
    let jobs: TestJobs;
    beforeAll(async () => {
      jobs = await testJobs({ ...env, SEMBLANCE_JOB_SLOTS: '1' }, jobParts);
    });
    afterAll(() => jobs?.[Symbol.asyncDispose]());

    const settings = [
      ...['epochs=4', 'batchSize=4', 'inputSize=32', 'embeddingSize=16', 'backboneOptions.width=0.125'],
      ...['checkpointSteps=3', 'valPerPerson=1', 'threads=1', 'workers=0', 'device=cpu'],
    ];
    const create = (executor?: 'slurm' | 'container', retries = 0): Promise<Version> => {
      const data = images.path('data', 'faces');
      const words = ['train', 'recognition', '--data', data, ...settings.flatMap((each) => ['--set', each])];
      const options = { image, engine: 'buildah', volumes: data };
      return jobs.jobs.create('pair', taskOfCommand(words), {
        resources: { workers: 2 },
        retries,
        ...(executor && { executor: { name: executor, options } }),
      });
    };
    const losses = async (version: Version) => (await jobs.jobs.curves(version)).loss;
    const hasEnded = async ({ id }: Version) => (await jobs.jobs.store.get(id))!.endedMs !== null;
    const weights = ({ artifacts }: Version) =>
      artifacts.find(({ path }) => path === 'model/model.safetensors')?.sha256;

    test('have the same losses here, and from the image on Slurm; killed in it, they resume with the same result', async () => {
      const here = await jobs.until(await create(), 'completed');
      expect((await losses(here))!.length).toBeGreaterThan(7);
      const far = await jobs.until(await create('slurm'), 'completed');
      let resumed: Version;
      do {
        const made = await create('container', 1);
        // past the first checkpoint
        while (((await losses(made))?.length ?? 0) < 5 && !(await hasEnded(made))) await sleep(20);
        jobs.kill(made);
        resumed = await jobs.until(made, 'completed');
        // once more, where it was over before it could be killed
      } while (resumed.attempt === 1);
      expect(resumed).toMatchObject({ attempt: 2, retriesLeft: 0 });
      for (const version of [far, resumed]) {
        expect(await losses(version)).toEqual(await losses(here));
        expect(weights(version)).toBe(weights(here));
      }
    });
  });
});

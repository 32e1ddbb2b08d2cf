import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { versionPaths } from '../../home.ts';
import type { Version } from '../../model.ts';
import { hasBuildah, needsBuildah } from '../../testing/buildah-store.ts';
import { type ShellImage, shellImage } from '../../testing/shell-image.ts';
import { script, type TestJobs, testJobs } from '../../testing/with-jobs.ts';
import { describeExecutor } from '../executor-suite.ts';
import { MARK } from '../local.ts';
import { processesMarked } from '../process-table.ts';
import { containerExecutor } from './container.ts';
import { askEngine, containerEngine } from './engine.ts';
import { inContainer } from './in-container.ts';
import { readOptions } from './options.ts';

const numAlive = (mark: string): number => processesMarked((value) => value === mark, MARK).length;

describe.skipIf(!hasBuildah)(hasBuildah ? 'with buildah' : needsBuildah, () => {
  let image: ShellImage;
  let own: TestJobs;
  beforeAll(async () => {
    image = await shellImage();
    own = await testJobs(image.env);
  });
  afterAll(async () => {
    await own?.[Symbol.asyncDispose]();
    image?.remove();
  });
  const containers = async (): Promise<string> =>
    askEngine(containerEngine('buildah'), 'containers', '--noheading');

  describeExecutor(
    'container',
    async () => containerExecutor(readOptions({ image: image.name, engine: 'buildah' }), tmpdir()),
    numAlive,
    // podman and docker tell of signals; buildah, which is for building, does not
    { killedCode: 1 },
  );

  const create = (text: string, workers = 1): Promise<Version> =>
    own.jobs.create('boxed', script(text), {
      resources: { workers },
      executor: { name: 'container', options: { image: image.name, engine: 'buildah' } },
    });
  const log = (version: Version, worker = 0): Promise<string> =>
    readFile(versionPaths(own.jobs.home, version).workerLog(worker), 'utf8');

  test('a version’s workers run the image’s entry point, in its folder, with its programs and torchrun’s variables', async () => {
    const version = await create(
      'echo $IMAGE_GREETS $PWD $PATH $RANK/$WORLD_SIZE $MASTER_ADDR; id -u; [ -e /usr/bin/apt-get ] || echo apart; mkdir -p {outputs}/r; echo done > {outputs}/r/$RANK',
      2,
    );
    const ended = await own.until(version, 'completed');
    expect(await log(version, 1)).toContain('hello /home /bin 1/2 127.0.0.1\n0\napart\n');
    expect(ended.artifacts.map(({ path }) => path)).toEqual(['r/0', 'r/1']);
    expect(await containers()).toBe('');
  });

  test('one that is stopped says goodbye; of one that is killed whole nothing is left', async () => {
    const until = async (version: Version): Promise<void> => {
      while (!(await log(version).catch(() => '')).includes('up\n'))
        await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const stopped = await create(`trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done`);
    await until(stopped);
    await own.jobs.stop(stopped);
    await own.until(stopped, 'stopped');
    expect(await log(stopped)).toContain('bye\n');
    const killed = await create('echo up; sleep 100');
    await until(killed);
    own.kill(killed);
    await own.until(killed, 'lost', 'failed');
    expect(await containers()).toBe('');
  });

  test('a version that moves into the image leaves places of the machine behind, and finds them on its way back', async () => {
    const text = 'echo $PATH $OMP_NUM_THREADS';
    const here = await own.jobs.create('moved', script(text), { env: { OMP_NUM_THREADS: '1' } });
    await own.until(here, 'completed');
    const executor = { name: 'container', options: { image: image.name, engine: 'buildah' } };
    const inside = await own.until(await own.jobs.modify(here, { executor }), 'completed');
    expect(await log(inside)).toContain('\n/bin 1\n');
    const back = await own.until(await own.jobs.modify(inside, { executor: 'local' }), 'completed');
    expect(await log(back)).toContain(`\n${process.env.PATH} 1\n`);
  });

  test('an image that there is not fails its version, and says so', async () => {
    const version = await own.jobs.create('boxed', script('true'), {
      executor: { name: 'container', options: { image: 'localhost/no-such-image:1', engine: 'buildah' } },
    });
    expect(await own.until(version, 'failed')).toMatchObject({
      reason: expect.stringMatching(/^it cannot be started: buildah pull fails: .*no-such-image/),
    });
  });

  test('what cannot be run is refused before anything is queued', async () => {
    const refused = (options: Record<string, string>) =>
      own.jobs.create('boxed', script('true'), { executor: { name: 'container', options } });
    await expect(refused({})).rejects.toMatchObject({
      code: 'USAGE_MISSING_ARGUMENT',
      message: 'executor container needs the image to run: --image IMAGE',
    });
    await expect(refused({ image: 'x', engine: 'kvm' })).rejects.toMatchObject({
      code: 'USAGE_INVALID_VALUE',
    });
    await expect(refused({ image: 'x', volumes: 'data' })).rejects.toMatchObject({
      message: expect.stringContaining("received 'data'"),
    });
    const { PATH } = process.env;
    process.env.PATH = '/nowhere';
    await expect(refused({ image: 'x', engine: 'podman' })).rejects.toMatchObject({
      code: 'EXECUTOR_UNAVAILABLE',
      message: 'there is no podman in PATH: install one (Debian: podman), or choose --executor local',
    });
    process.env.PATH = PATH;
  });
});

test('docker and podman are told limits, GPUs and folders', () => {
  const group = { mark: 'store:1', dir: '/jobs/versions/a/V0001/attempts/1/work', numWorkers: 1 };
  const worker = {
    ...{ command: ['train'], cwd: '/jobs/x', stdout: 'out', stderr: 'err' },
    env: { RANK: '0', CUDA_VISIBLE_DEVICES: '2,3' },
  };
  const commandFor = (name: 'docker' | 'podman'): string =>
    inContainer(
      {
        engine: { name, path: `/usr/bin/${name}` },
        image: 'faces:1',
        entrypoint: [],
        volumes: [
          { path: '/jobs', isWritable: true },
          { path: '/srv', isWritable: false },
        ],
        script: 'container.sh',
      },
      group,
      0,
      worker,
      { cpus: 2, memoryBytes: 1024, nice: 0 },
      ['KEPT_NOWHERE'],
    ).command.join(' ');
  const docker = commandFor('docker');
  expect(docker).toMatch(
    /^\/bin\/sh container\.sh docker \/usr\/bin\/docker (semblance-\w{12}-\w{12}-0) run --rm --name \1 --network host --ipc host /,
  );
  expect(docker).toContain('--env RANK --env CUDA_VISIBLE_DEVICES ');
  expect(docker).toContain('--env SEMBLANCE_VERSION=store:1 ');
  expect(docker).toMatch(
    /--env KEPT_NOWHERE --volume \/jobs:\/jobs --volume \/srv:\/srv:ro --workdir \/jobs\/x --cpus 2 --memory 1024 --gpus "device=2,3" faces:1 train$/,
  );
  expect(commandFor('podman')).toContain(
    ' --device nvidia.com/gpu=2 --device nvidia.com/gpu=3 faces:1 train',
  );
});

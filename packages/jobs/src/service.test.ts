import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, readlink, rm, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { versionPaths } from './home.ts';
import { isSettled } from './model.ts';
import { JobService } from './service.ts';
import { supervisorOf } from './supervisor/lock.ts';
import { jobParts } from './testing/toy-parts.ts';
import { numProcesses, script, type TestJobs, testJobs } from './testing/with-jobs.ts';

let own: TestJobs;
beforeAll(async () => {
  own = await testJobs({}, jobParts);
});
afterAll(() => own[Symbol.asyncDispose]());

const logOf = async (version: Parameters<TestJobs['until']>[0], worker = 0): Promise<string> =>
  (await own.jobs.logPage(version, { worker, lines: 1000 })).lines.map(({ text }) => text).join('\n');

test('a folder that is relative to this process is found by a supervisor, which works elsewhere', async () => {
  await using jobs = new JobService({ home: relative(process.cwd(), join(own.dir, 'relative')) });
  const version = await jobs.create('hello', script('echo hello'));
  while (!isSettled(await jobs.find('hello'))) await sleep(50);
  expect(await jobs.find('hello')).toMatchObject({ id: version.id, state: 'completed' });
  while (supervisorOf(jobs.home)) await sleep(50);
});

describe('a version of a command of one’s own', () => {
  test('is recorded whole: code, data, environment, metrics, artifacts', async () => {
    const repo = join(own.dir, 'repo');
    await mkdir(repo);
    const git = (...args: string[]) => execFileSync('git', ['-C', repo, ...args], { encoding: 'utf8' });
    git('init', '-q', '-b', 'main');
    await writeFile(join(repo, 'train.sh'), 'echo one\n');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'first');
    await writeFile(join(repo, 'train.sh'), 'echo two\n');
    await writeFile(join(repo, 'new.sh'), 'echo new\n');
    const before = git('status', '--porcelain');
    await mkdir(join(own.dir, 'data'));
    await writeFile(join(own.dir, 'data', 'a.txt'), 'abc');

    const text = `echo '{"step":1,"loss":2}' >> $SEMBLANCE_METRICS; echo '{"step":2,"loss":1.5}' >> $SEMBLANCE_METRICS
      cat {inputs.data}/a.txt > {outputs}/copy; echo '{"accuracy":0.9,"accuracyInterval":[0.8,0.95]}' > {outputs}/metrics.json
      until grep -qs '"memoryBytes":[1-9]' {job}/system.jsonl; do sleep 0.1; done`;
    const made = await own.jobs.create('whole', script(text, { lr: '0.1', seed: '7' }), {
      cwd: repo,
      inputs: { data: join(own.dir, 'data') },
      outputs: { '.': join(own.dir, 'out', '{job}-{version}') },
      description: 'a description',
    });
    expect(git('status', '--porcelain')).toBe(before);
    expect(made).toMatchObject({
      state: 'pending',
      number: 1,
      description: 'a description',
      seeds: { seed: '7' },
    });
    const version = await own.until(made);
    expect(version).toMatchObject({
      state: 'completed',
      exitCode: 0,
      attempt: 1,
      code: { commit: git('rev-parse', 'HEAD').trim(), branch: 'main', isDirty: true },
      metrics: {
        loss: { value: 1.5 },
        accuracy: { value: 0.9, interval: [0.8, 0.95] },
      },
      environment: { versions: { node: process.versions.node } },
    });
    const diff = readFileSync(versionPaths(own.jobs.home, version).codeDiff, 'utf8');
    expect(diff).toContain('-echo one\n+echo two');
    expect(diff).toContain('+echo new');
    // of "abc", as sha256sum prints it
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(version.artifacts).toContainEqual({ path: 'copy', sizeBytes: 3, sha256: abc });
    expect(version.data).toMatchObject([{ name: 'data', numFiles: 1, sizeBytes: 3 }]);
    expect(readFileSync(join(versionPaths(own.jobs.home, version).data, 'data.tsv'), 'utf8')).toBe(
      `a.txt\t3\t${abc}\n`,
    );
    expect(readFileSync(join(own.dir, 'out', 'whole-V0001', 'copy'), 'utf8')).toBe('abc');
    expect(await own.jobs.curves(version)).toEqual({
      loss: [
        [1, 2],
        [2, 1.5],
      ],
    });
    const system = await own.jobs.system(version);
    expect(system.length).toBeGreaterThan(0);
    expect(Math.max(...system.map(({ memoryBytes }) => memoryBytes))).toBeGreaterThan(100_000);
  });

  test('that fails says with what, delivers all the same, and hints at the cause', async () => {
    const made = await own.jobs.create('fails', script('echo kept > {outputs}/kept; no-such-program'), {
      outputs: { '.': join(own.dir, 'kept') },
    });
    const version = await own.until(made);
    expect(version).toMatchObject({
      state: 'failed',
      exitCode: 127,
      reason: 'worker 0 ended with exit code 127',
    });
    expect(existsSync(join(own.dir, 'kept', 'kept'))).toBe(true);
    expect(await own.jobs.hint(version)).toMatchObject({ cause: expect.stringContaining('no-such-program') });
  });

  test('whose metrics cannot be read delivers all the same, and says so; figures that can be read are kept', async () => {
    const contents = {
      empty: '',
      list: '[1]',
      nan: '{"accuracy":0.5,"loss":NaN,"text":"NaN"}',
      mark: '\ufeff{"accuracy":0.5}',
    };
    const deliver = async (name: string, content: string) => {
      const text = `printf '%s' '${content}' > {outputs}/metrics.json; echo kept > {outputs}/kept`;
      const outputs = { '.': join(own.dir, `metrics-${name}`) };
      return own.until(await own.jobs.create(`metrics-${name}`, script(text), { outputs }));
    };
    const entries = Object.entries(contents);
    const versions = await Promise.all(entries.map(([name, content]) => deliver(name, content)));
    for (const [i, [name]] of entries.entries()) {
      expect(versions[i]).toMatchObject({ state: 'completed', exitCode: 0 });
      expect(existsSync(join(own.dir, `metrics-${name}`, 'kept'))).toBe(true);
    }
    expect(versions.map(({ metrics }) => metrics?.accuracy?.value)).toEqual([undefined, undefined, 0.5, 0.5]);
    const steps = versions.map((version) => join(versionPaths(own.jobs.home, version).logs));
    const said = execFileSync('grep', ['-rh', 'metrics cannot be read', ...steps], { encoding: 'utf8' });
    expect(said).toMatch(/^\[deliver\] metrics cannot be read: DATA_CORRUPT: .*metrics-empty.*\n$/m);
  });

  test('several workers find torchrun’s and the platforms’ variables; one that fails ends the others', async () => {
    const text = `echo $RANK/$WORLD_SIZE $LOCAL_RANK/$LOCAL_WORLD_SIZE $VC_TASK_INDEX/$VC_WORKER_NUM $VC_WORKER_HOSTS $MA_NUM_HOSTS $MASTER_ADDR $MASTER_PORT
      touch {job}/spoken-$RANK; [ $RANK = 1 ] || sleep 600
      for i in 0 2; do while [ ! -e {job}/spoken-$i ]; do sleep 0.05; done; done; exit 4`;
    const made = await own.jobs.create('group', script(text), { resources: { workers: 3 } });
    const version = await own.until(made);
    expect(version).toMatchObject({
      state: 'failed',
      reason: 'worker 1 ended with exit code 4',
      exitCode: 4,
    });
    const lines = await Promise.all([0, 1, 2].map((worker) => logOf(version, worker)));
    const ports = new Set<string>();
    for (const [rank, line] of lines.entries()) {
      const start = `${rank}/3 ${rank}/3 ${rank}/3 127.0.0.1,127.0.0.1,127.0.0.1 1 127.0.0.1 `;
      expect(line).toContain(start);
      ports.add(line.slice(line.indexOf(start) + start.length).split('\n')[0]!);
    }
    expect(ports.size).toBe(1);
    expect(numProcesses(own.jobs.store.id)).toBe(0);
  });

  test('inputs that do not come end it with 127, as on the platforms', async () => {
    const nowhere = join(own.dir, 'nowhere');
    const inputs = { data: nowhere };
    await expect(own.jobs.create('inputs', script('echo never'), { inputs })).rejects.toMatchObject({
      code: 'PATH_NOT_FOUND',
    });
    // one that is taken away while the version waits
    await mkdir(nowhere);
    const busy = [
      await own.jobs.create('busy', script('sleep 600')),
      await own.jobs.create('busy', script('sleep 600')),
    ];
    for (const version of busy) await own.until(version, 'running');
    const made = await own.jobs.create('inputs', script('echo never'), { inputs });
    await rm(nowhere, { recursive: true });
    for (const version of busy) await own.jobs.stop(version);
    const version = await own.until(made);
    expect(version).toMatchObject({ state: 'failed', exitCode: 127 });
    expect(version.reason).toContain('inputs could not be prepared');
    expect(await logOf(version)).not.toContain('never');
  });

  test('inputs on this machine are used where they lie, and are fingerprinted once', async () => {
    const folder = join(own.dir, 'in-place');
    await mkdir(folder);
    await writeFile(join(folder, 'a.txt'), 'a');
    await utimes(join(folder, 'a.txt'), 1, 1);
    const inputs = { data: folder, one: join(folder, 'a.txt') };
    const see = script('echo {inputs.data} {inputs.one}; cat {inputs}/data/a.txt {inputs}/one/a.txt');
    const first = await own.until(await own.jobs.create('in-place', see, { inputs }), 'completed');
    const second = await own.until(await own.jobs.create('in-place', see, { inputs }), 'completed');
    expect(await logOf(first)).toContain(`${folder} ${join(folder, 'a.txt')}\naa`);
    expect(await logOf(first)).toContain('input data: 1 files fingerprinted, 0 of them known from before');
    expect(await logOf(second)).toContain('input data: 1 files fingerprinted, 1 of them known from before');
    expect(second.data).toEqual(first.data);
    expect(await readlink(join(versionPaths(own.jobs.home, first).inputs, 'data'))).toBe(folder);
    await own.jobs.remove(first);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('a');
  });

  test('outputs that do not arrive make it a failure, and resuming only delivers', async () => {
    await writeFile(join(own.dir, 'blocked'), 'a file where a folder should be');
    const ran = join(own.dir, 'ran');
    const made = await own.jobs.create('blocked', script(`echo x >> ${ran}; echo 1 > {outputs}/one`), {
      outputs: { '.': join(own.dir, 'blocked', 'below') },
    });
    const failed = await own.until(made);
    expect(failed).toMatchObject({ state: 'failed', exitCode: 0, resumeAt: 'deliver' });
    expect(failed.reason).toContain('outputs did not arrive');
    execFileSync('rm', [join(own.dir, 'blocked')]);
    await own.jobs.resume(failed);
    const version = await own.until(failed, 'completed');
    expect(version).toMatchObject({ attempt: 2, exitCode: 0 });
    expect(existsSync(join(own.dir, 'blocked', 'below', 'one'))).toBe(true);
    expect(readFileSync(ran, 'utf8')).toBe('x\n');
  });

  test('is tried again as often as was asked for', async () => {
    const counter = join(own.dir, 'counter');
    const text = `echo x >> ${counter}; [ $(wc -l < ${counter}) -ge 3 ]`;
    const version = await own.until(
      await own.jobs.create('retries', script(text), { retries: 5 }),
      'completed',
    );
    expect(version).toMatchObject({ attempt: 3, retriesLeft: 3 });
    const events = await own.jobs.events({ versionId: version.id });
    expect(events.map(({ to }) => to)).toEqual(
      [
        'creating',
        'pending',
        'running',
        'failed',
        'pending',
        'running',
        'failed',
        'pending',
        'running',
      ].concat('completed'),
    );
  });

  test('is stopped while it runs, with all it has started, and while it waits', async () => {
    const long = script('setsid sleep 600 & sleep 600');
    const first = await own.jobs.create('stop', long);
    const second = await own.jobs.create('stop', long);
    const waiting = await own.jobs.create('stop', long);
    await own.until(first, 'running');
    while ((await own.jobs.store.get(first.id))!.step !== 'work' || numProcesses(own.jobs.store.id) < 3)
      await sleep(50);
    expect((await own.jobs.store.get(waiting.id))!.state).toBe('pending'); // two slots
    await own.jobs.stop(waiting);
    await own.jobs.stop(first);
    await own.jobs.stop(second);
    expect((await own.until(waiting)).state).toBe('stopped');
    expect(await own.until(first)).toMatchObject({ state: 'stopped', reason: 'stopped on request' });
    expect((await own.until(second)).state).toBe('stopped');
    expect(numProcesses(own.jobs.store.id)).toBe(0);
    await expect(own.jobs.stop(first)).rejects.toMatchObject({ code: 'VERSION_WRONG_STATE' });
    await own.jobs.remove(first);
    expect(existsSync(versionPaths(own.jobs.home, first).dir)).toBe(false);
    await expect(own.jobs.find('stop/V0001')).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
  });
});

test('what cannot be is refused before it is made', async () => {
  const refused = async (code: string, ...args: Parameters<typeof own.jobs.create>) =>
    expect(own.jobs.create(...args)).rejects.toMatchObject({ code });
  await refused('USAGE_INVALID_VALUE', 'no/slash', script('x'));
  await refused('USAGE_INVALID_VALUE', 'x'.repeat(65), script('x'));
  await refused('USAGE_INVALID_VALUE', 'a', script('x'), { description: 'x'.repeat(257) });
  await refused('TASK_UNKNOWN', 'a', { ...script('x'), task: 'train-recogniton' });
  await refused('USAGE_MISSING_ARGUMENT', 'a', { ...script('x'), task: 'train-recognition' });
  await refused('PATH_NOT_FOUND', 'a', {
    ...script('x'),
    task: 'train-recognition',
    options: { data: '/nowhere' },
  });
  await refused('STORAGE_URL_INVALID', 'a', script('x'), { inputs: { data: 'ftp://host/x' } });
  await refused('USAGE_INVALID_VALUE', 'a', script('x'), { outputs: { '../x': '/tmp/x' } });
  await refused('JOB_RESOURCES_UNAVAILABLE', 'a', script('x'), { resources: { gpus: 99 } });
  await refused('JOB_RESOURCES_UNAVAILABLE', 'a', script('x'), { resources: { gpus: 3, workers: 2 } });
  expect((await own.jobs.jobs()).map(({ name }) => name)).not.toContain('a');
});

test('the supervisor leaves when there is nothing to do, and comes back when there is', async () => {
  while (supervisorOf(own.jobs.home)) await sleep(50);
  const version = await own.jobs.create('again', script('true'));
  expect((await own.until(version)).state).toBe('completed');
});

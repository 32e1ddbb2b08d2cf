import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { JobService, type Version } from '@semblance/jobs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  hasPostgres,
  needsPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../core/src/testing/postgres.ts';
import { isSupervised, killMachine, killSupervisor } from '../../../jobs/src/testing/machines.ts';
import { recordIn } from '../testing/recorder.ts';

/** In the address of the store, and nowhere else. */
const PASSWORD = 'hunter2-and-more';
/** Says that it has begun, and ends when the test lets it. */
const WORK =
  'echo "$SEMBLANCE_JOB $SEMBLANCE_ATTEMPT" >> begun; until [ -e go ]; do sleep 0.05; done; echo done';

describe.skipIf(!hasPostgres)(hasPostgres ? 'jobs of two machines on one PostgreSQL' : needsPostgres, () => {
  let server: PostgresServer;
  let dir: string;
  let url: string;
  beforeAll(async () => {
    Object.assign(process.env, {
      ...{ SEMBLANCE_JOB_IDLE_MS: '300', SEMBLANCE_JOB_SLOTS: '1', SEMBLANCE_JOB_RETRY_MS: '100' },
      ...{ SEMBLANCE_JOB_GRACE_MS: '2000', SEMBLANCE_JOB_LOST_MS: '1500' },
    });
    server = await startPostgres();
    url = (await server.newDatabase()).replace('tester@', `tester:${PASSWORD}@`);
    dir = mkdtempSync(join(tmpdir(), 'jobs-postgres-'));
    mkdirSync(work());
    process.env.XDG_CACHE_HOME = join(dir, 'cache');
  }, 120_000);
  let supervising: ChildProcess | undefined;
  afterEach(async () => {
    supervising?.kill('SIGKILL');
    for (const { job, number } of await list('a')) await on('a', 'stop', `${job}/${number}`);
    await bothHaveLeft();
    rmSync(join(work(), 'go'), { force: true });
    rmSync(join(work(), 'begun'), { force: true });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, maxRetries: 20, retryDelay: 100 });
  }, 60_000);

  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  type Machine = 'a' | 'b' | 'c';
  const home = (): string => join(dir, 'jobs');
  const work = (): string => join(dir, 'work');
  /** Nothing is left to take what one machine alone is to run. */
  const bothHaveLeft = async (): Promise<void> => {
    while (isSupervised(home(), 'a') || isSupervised(home(), 'b')) await sleep(50);
  };
  const envOf = (machine: Machine) => ({
    ...process.env,
    ...{ SEMBLANCE_HOME: dir, SEMBLANCE_STORE: url, SEMBLANCE_SERVE_STORE: url, SEMBLANCE_MACHINE: machine },
  });
  const on = (machine: Machine, ...args: string[]) => recordIn(envOf(machine), 'jobs', ...args);
  const create = async (machine: Machine, job: string): Promise<void> => {
    const { code } = await on(machine, 'create', job, ...running());
    expect(code).toBe(0);
  };
  const running = (): string[] => ['--code', work(), '--in-place', '--', 'sh', '-c', `cd ${work()}; ${WORK}`];
  /** What a machine sees; it starts a supervisor there. */
  const list = async (machine: Machine): Promise<Version[]> =>
    (await on(machine, 'list', '--format', 'json')).out.map((line) => JSON.parse(line) as Version);
  const until = async (machine: Machine, isSo: (versions: Version[]) => boolean): Promise<Version[]> => {
    while (true) {
      const versions = await list(machine);
      if (isSo(versions)) return versions;
      await sleep(50);
    }
  };
  const begun = (): string[] =>
    existsSync(join(work(), 'begun'))
      ? readFileSync(join(work(), 'begun'), 'utf8').trim().split('\n').sort()
      : [];
  const of = (job: string, versions: readonly Version[]): Version =>
    versions.find((version) => version.job === job)!;

  test('each version is run by one of them, stopped and resumed from the other, and goes on when the server or a supervisor is killed', async () => {
    await create('a', 'one');
    await until('a', (versions) => of('one', versions).state === 'running');
    await create('a', 'two');
    // machine a has one slot, and it is taken
    supervising = spawn(process.execPath, [main, 'jobs', 'supervise'], {
      env: envOf('b'),
      stdio: 'ignore',
    });
    const ended = once(supervising, 'exit');
    await until('a', (versions) => of('two', versions).state === 'running');
    const both = await list('a');
    expect([of('one', both).machine, of('two', both).machine]).toEqual(['a', 'b']);
    while (begun().length < 2) await sleep(20);

    expect((await on('a', 'stop', 'two')).code).toBe(0);
    await until('a', (versions) => of('two', versions).state === 'stopped');
    expect((await on('b', 'resume', 'two')).code).toBe(0);
    await until('a', (versions) => of('two', versions).state === 'running');
    while (begun().length < 3) await sleep(20);

    await server.kill();
    await server.start();
    killSupervisor(home(), 'b');
    writeFileSync(join(work(), 'go'), '');
    const isDone = ({ state }: Version): boolean => state === 'completed';
    await until('a', (versions) => versions.every(isDone));
    supervising.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(begun()).toEqual(['one/V0001 1', 'two/V0001 1', 'two/V0001 2']);
    // each machine has its own, on a disk of its own
    expect(existsSync(join(dir, 'cache/semblance/fingerprints.sqlite'))).toBe(true);
    expect(readdirSync(home()).filter((name) => name.includes('.sqlite'))).toEqual([]);
    expect((await on('a', 'logs', 'two')).out).toContain('done');
  }, 120_000);

  test('what ran on a machine that is gone is lost, and tried again on another', async () => {
    // by a process of its own: nothing of this one starts a supervisor on that machine again
    const command = [main, 'jobs', 'create', 'three', '--retries', '1', ...running()];
    execFileSync(process.execPath, command, { env: envOf('c'), stdio: 'pipe' });
    await using jobs = await JobService.open({ home: home(), store: url, env: envOf('b') });
    let version: Version;
    do [version] = (await jobs.list({ job: 'three' })) as [Version];
    while (version.state !== 'running' || begun().length < 1);
    expect(version.machine).toBe('c');
    killMachine(jobs, 'c', version);
    const taken = await until('b', (versions) => {
      const { state, attempt } = of('three', versions);
      return state === 'running' && attempt === 2;
    });
    expect(of('three', taken).machine).toBe('b');
    writeFileSync(join(work(), 'go'), '');
    await until('b', (versions) => of('three', versions).state === 'completed');
    expect(begun()).toEqual(['three/V0001 1', 'three/V0001 2']);
    const events = await jobs.events({ versionId: version.id });
    expect(events.map(({ to }) => to)).toEqual([
      'creating',
      'pending',
      'running',
      'lost',
      'pending',
      'running',
      'completed',
    ]);
  }, 120_000);

  test('the password of the store stands in no file, row or answer', async () => {
    await create('a', 'four');
    writeFileSync(join(work(), 'go'), '');
    await until('a', (versions) => of('four', versions).state === 'completed');
    const shown = await on('a', 'show', 'four', '--format', 'json');
    expect(shown.code).toBe(0);
    const rows = server.sql(
      url,
      'SELECT v::text FROM semblance_jobs.versions v; SELECT s::text FROM semblance_jobs.store s',
    );
    expect(`${shown.out.join()}${rows}`).not.toContain(PASSWORD);
    expect(rows).toContain('four');
    const found = execFileSync('sh', ['-c', `grep -rl -- ${PASSWORD} . || true`], {
      cwd: dir,
      encoding: 'utf8',
    });
    expect(found).toBe('');
    const wrong = await on('a', 'list', '--store', `mysql://me:${PASSWORD}@host/jobs`);
    expect([wrong.code, wrong.err.join().includes(PASSWORD)]).toEqual([2, false]);
    const elsewhere = await on('a', 'list', '--jobs', join(dir, 'elsewhere'));
    expect([elsewhere.code, elsewhere.err[0]]).toEqual([2, expect.stringContaining('JOB_STORE_FOREIGN')]);
  }, 60_000);
});

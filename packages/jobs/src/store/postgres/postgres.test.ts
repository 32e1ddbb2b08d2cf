import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  hasPostgres,
  needsPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../../core/src/testing/postgres.ts';
import { Executors } from '../../executor/executors.ts';
import { bootId, readProcess } from '../../executor/process-table.ts';
import { storePaths } from '../../home.ts';
import { JobParts } from '../../parts.ts';
import { settingsOf } from '../../supervisor/context.ts';
import { announce, supervisorOf } from '../../supervisor/lock.ts';
import { Neighbours } from '../../supervisor/neighbours.ts';
import { anyVersion } from '../../testing/any-version.ts';
import { openStoreIn, openVersionStore } from '../open.ts';
import { describeVersionStore } from '../store-suite.ts';
import { openPostgresVersionStore } from './store.ts';

describe.skipIf(!hasPostgres)(hasPostgres ? 'PostgreSQL' : needsPostgres, () => {
  let server: PostgresServer;
  let dir: string;
  let count = 0;
  beforeAll(async () => {
    server = await startPostgres();
    dir = mkdtempSync(join(tmpdir(), 'pg-home-'));
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true });
  });
  const newHome = (): string => join(dir, String(count++));
  const open = (url: string, home: string, machine = 'here') =>
    openPostgresVersionStore(url, { home, machine });

  describeVersionStore('postgres', async () => {
    const [url, home] = [await server.newDatabase(), newHome()];
    return { store: await open(url, home), again: () => open(url, home) };
  });

  describe('the database and the way to it', () => {
    let url: string;
    let home: string;
    beforeEach(async () => {
      [url, home] = [await server.newDatabase(), newHome()];
    });
    afterEach(() => void vi.unstubAllEnvs());

    test('what was acknowledged is there after kill -9 of the server, which a store connects to again', async () => {
      const store = await open(url, home);
      const numbers: number[] = [];
      let isKilled = false;
      const writing = (async () => {
        let errors = 0;
        while (!isKilled || numbers.length < 40) {
          try {
            numbers.push((await store.add(anyVersion('a'))).number);
          } catch (error) {
            // one that may have been written down, and was not acknowledged
            expect(error).toMatchObject({ code: 'JOB_STORE_UNREACHABLE' });
            errors++;
          }
        }
        return errors;
      })();
      while (numbers.length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.kill();
      await server.start();
      isKilled = true;
      const numErrors = await writing;
      const there = (await store.list({ job: 'a' })).map(({ number }) => number);
      expect(there).toEqual(expect.arrayContaining(numbers));
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(there.length).toBeLessThanOrEqual(numbers.length + numErrors);
      await store.close();
    }, 60_000);

    test('one server that does not answer, or has no such database, says so at once and shows no password', async () => {
      const nowhere = 'postgres://me:s3cr3tword@127.0.0.1:1/jobs';
      await expect(open(nowhere, home)).rejects.toMatchObject({
        code: 'JOB_STORE_UNREACHABLE',
        message: expect.stringContaining('postgres://me@127.0.0.1:1/jobs'),
      });
      await expect(open(nowhere, home)).rejects.not.toThrow('s3cr3tword');
      await expect(open(`${url}nothing`, home)).rejects.toMatchObject({ code: 'JOB_STORE_INVALID' });
      await expect(open('mysql://me:s3cr3tword@host/jobs', home)).rejects.toMatchObject({
        code: 'USAGE_INVALID_VALUE',
        message: expect.stringContaining("'mysql://me@host/jobs'"),
      });
    });

    test('takes the password from the address, PGPASSWORD or a file as libpq does', async () => {
      server.sql(
        url,
        `CREATE ROLE guarded LOGIN PASSWORD 'let me in'; GRANT CREATE ON DATABASE ${new URL(url).pathname.slice(1)} TO guarded`,
      );
      const guarded = url.replace('tester', 'guarded');
      await expect(open(guarded, home)).rejects.toMatchObject({ code: 'JOB_STORE_DENIED' });
      vi.stubEnv('PGPASSWORD', 'wrong word');
      await expect(open(guarded, home)).rejects.toMatchObject({
        code: 'JOB_STORE_DENIED',
        message: expect.not.stringContaining('wrong word'),
      });
      vi.stubEnv('PGPASSWORD', 'let me in');
      await (await open(guarded, home)).close();
      vi.stubEnv('PGPASSWORD', undefined);
      await (await open(guarded.replace('guarded', 'guarded:let%20me%20in'), home)).close();
      const file = join(dir, 'pgpass');
      writeFileSync(file, '*:*:*:guarded:let me in\n');
      chmodSync(file, 0o600);
      vi.stubEnv('PGPASSFILE', file);
      await (await open(guarded, home)).close();
    });

    test('who may not make tables is told', async () => {
      server.sql(url, 'CREATE ROLE reader LOGIN');
      const reader = url.replace('tester', 'reader');
      await expect(open(reader, home)).rejects.toMatchObject({ code: 'JOB_STORE_DENIED' });
    });

    test('tables are made once by all who open it at once, and those of a newer version are left alone', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, () => open(url, home)));
      expect(new Set(stores.map(({ id }) => id)).size).toBe(1);
      for (const store of stores) await store.close();
      server.sql(url, `UPDATE semblance_jobs.store SET value = '999' WHERE key = 'schema_version'`);
      await expect(open(url, home)).rejects.toMatchObject({
        code: 'JOB_STORE_INVALID',
        message: expect.stringContaining('newer version'),
      });
    });

    test('text with a zero byte is kept without it, which PostgreSQL cannot hold', async () => {
      const store = await open(url, home);
      const { id } = await store.add(anyVersion('a', { description: 'a\0b' }));
      expect((await store.get(id))!.description).toBe('a\ufffdb');
      await store.close();
    });

    test('is tied to the folder of its versions, on every machine', async () => {
      const store = await open(url, home);
      await store.close();
      await expect(open(url, newHome(), 'there')).rejects.toMatchObject({
        code: 'JOB_STORE_FOREIGN',
        message: expect.stringContaining(`${home} of here`),
      });
      await (await open(url, home, 'there')).close();
      await expect(open(await server.newDatabase(), home)).rejects.toMatchObject({
        code: 'JOB_STORE_FOREIGN',
      });
      expect(() => openStoreIn(home)).toThrow(expect.objectContaining({ code: 'JOB_STORE_FOREIGN' }));
      await expect(openVersionStore(home, undefined)).rejects.toMatchObject({ code: 'JOB_STORE_FOREIGN' });
    });

    test('a supervisor leaves to another process of its machine that took its seat, and waits for one that nobody holds', async () => {
      const [mine, theirs] = [await open(url, home, 'one'), await open(url, home, 'one')];
      const parts = new JobParts();
      const neighbours = new Neighbours({
        ...{ home, store: mine, parts, seat: await mine.shared!.takeSeat(), settings: settingsOf({}, []) },
        ...{ executors: new Executors(parts, home), say: () => {}, told: new Set<string>() },
      });
      const onSeated = vi.fn(() => announce(home, 'one'));
      expect(await neighbours.look(onSeated)).toBe(true);
      await server.kill();
      await server.start();
      const seat = (await theirs.shared!.takeSeat())!;
      const look = () => neighbours.look(onSeated);
      await vi.waitFor(() => expect(look()).rejects.toMatchObject({ code: 'JOB_STORE_BUSY' }), 30_000);
      const parent = {
        pid: process.ppid,
        startTicks: readProcess(process.ppid)!.startTicks,
        bootId: bootId(),
      };
      writeFileSync(storePaths(home, 'one').supervisor, JSON.stringify(parent));
      expect(await look()).toBe(false);
      await seat.release();
      await vi.waitFor(async () => expect(await look()).toBe(true), 30_000);
      expect(onSeated).toHaveBeenCalledTimes(2);
      expect(supervisorOf(home, 'one')!.pid).toBe(process.pid);
      for (const store of [mine, theirs]) await store.close();
    }, 60_000);

    test('a supervisor that was cut off changes nothing of what was taken over from it', async () => {
      const options = { home, machine: 'one', isSupervisor: true };
      const [cutOff, anybody] = [await openPostgresVersionStore(url, options), await open(url, home, 'two')];
      const { id } = await anybody.add(anyVersion('a'));
      await cutOff.transition(id, { from: 'creating', to: 'pending', reason: '' });
      const changes = { machine: 'one' };
      expect(await cutOff.transition(id, { from: 'pending', to: 'running', reason: '', changes })).toBe(true);
      expect(await cutOff.update(id, { step: 'work' }, 'running')).toBe(true);
      expect(await anybody.adopt(id, 'one', 'two')).toBe(true);
      const late = { from: 'running', to: 'completed', reason: 'late' } as const;
      expect(await cutOff.transition(id, late)).toBe(false);
      expect(await cutOff.update(id, { step: 'deliver' }, 'running')).toBe(false);
      expect(await anybody.get(id)).toMatchObject({ state: 'running', step: 'work', machine: 'two' });
      expect(await anybody.transition(id, { ...late, reason: 'done' })).toBe(true);
      for (const store of [cutOff, anybody]) await store.close();
    });

    test('a machine has one supervisor, whose seat is free when it ends and taken again when the server comes back', async () => {
      const stores = await Promise.all(['one', 'one', 'two'].map((machine) => open(url, home, machine)));
      const [one, other, two] = stores.map(({ shared }) => shared!);
      const seat = (await one!.takeSeat())!;
      expect(await other!.takeSeat()).toBeNull();
      const second = (await two!.takeSeat())!;
      expect([...(await second.machines()).living]).toEqual(['one', 'two']);
      await server.kill();
      await server.start();
      const again = await second.machines();
      expect([...again.living]).toEqual(['two']);
      expect(again.numTaken).toBe(2);
      expect([...(await seat.machines()).living].sort()).toEqual(['one', 'two']);
      await seat.release();
      // the server notices when it next looks at the connection
      await vi.waitFor(async () => expect([...(await second.machines()).living]).toEqual(['two']), 30_000);
      expect([...again.bootIds.keys()].sort()).toEqual(['one', 'two']);
      await second.release();
      for (const store of stores) await store.close();
    }, 60_000);
  });
});

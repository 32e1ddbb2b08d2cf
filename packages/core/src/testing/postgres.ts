import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = '/usr/lib/postgresql';
const versions = existsSync(ROOT) ? readdirSync(ROOT).sort((a, b) => Number(b) - Number(a)) : [];
const bin = versions
  .map((version) => join(ROOT, version, 'bin'))
  .find((dir) => existsSync(join(dir, 'initdb')));

/** Whether a PostgreSQL of one's own can be started here. */
export const hasPostgres = bin !== undefined;

/** What a suite that needs it says where it is skipped. */
export const needsPostgres = 'needs PostgreSQL: semblance setup tests installs it';

/** A PostgreSQL of a test's own, reached by a socket in its folder alone. */
export interface PostgresServer {
  /** The address of a new database. */
  newDatabase(): Promise<string>;
  /** Runs SQL in a database of it, and gives what psql prints. */
  sql(url: string, text: string): string;
  /** Gives a folder to the user that it runs as. */
  own(path: string): void;
  start(): Promise<void>;
  /** Kills every process of it, `kill -9`. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** How long it may take to start. */
const START_MS = 100_000;
/** Its standard input is held open by the test's process: it ends the server when that ends, however it ends. */
const GUARD = `cat; kill -9 $(head -1 "$0/data/postmaster.pid"); sleep 1; rm -rf "$0"`;

/** Starts a PostgreSQL as a user that may do nothing else: it does not run as root. */
export async function startPostgres(): Promise<PostgresServer> {
  const dir = mkdtempSync(join(tmpdir(), 'semblance-pg-'));
  chmodSync(dir, 0o777);
  const data = join(dir, 'data');
  const user: { uid?: number; gid?: number } =
    process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: dir };
  const options = { ...user, env, cwd: dir, encoding: 'utf8', stdio: 'pipe' } as const;
  execFileSync(
    join(bin!, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'tester',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
      '--no-instructions',
    ],
    options,
  );
  // the test's own user needs no password, every other does
  writeFileSync(join(data, 'pg_hba.conf'), 'local all tester,reader trust\nlocal all all scram-sha-256\n');
  const guard = spawn('/bin/sh', ['-c', GUARD, dir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const psql = (database: string, text: string): string =>
    execFileSync(
      join(bin!, 'psql'),
      ['-X', '-q', '-A', '-t', '-h', dir, '-U', 'tester', '-d', database, '-c', text],
      { ...options, timeout: START_MS },
    );
  let server: ChildProcess | null = null;
  let said = '';

  const start = async (): Promise<void> => {
    for (const untilMs = Date.now() + START_MS; Date.now() < untilMs; await sleep(50)) {
      if (server === null || server.exitCode !== null || server.signalCode !== null) {
        // one that was killed may leave children behind for a moment, and none begins beside them
        server = spawn(
          join(bin!, 'postgres'),
          ['-D', data, '-k', dir, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=50'],
          { ...user, env, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
        );
        server.stderr!.on('data', (text) => (said += text));
      }
      try {
        psql('postgres', 'SELECT 1');
        return;
      } catch {
        // not there yet
      }
    }
    throw new Error(`PostgreSQL did not start:\n${said}`);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const { pid } = server;
    const ended = new Promise((resolve) => server!.once('exit', resolve));
    const children = signal === 'SIGKILL' ? childrenOf(pid!) : [];
    server.kill(signal);
    for (const child of children) {
      try {
        process.kill(child, signal);
      } catch {
        // it ended with the first
      }
    }
    await ended;
  };
  await start();
  let count = 0;
  return {
    async newDatabase() {
      const name = `db${++count}`;
      psql('postgres', `CREATE DATABASE ${name}`);
      return `postgres://tester@${encodeURIComponent(dir)}/${name}`;
    },
    own: (path) => void (user.uid !== undefined && chownSync(path, user.uid, user.gid!)),
    sql: (url, text) => psql(new URL(url).pathname.slice(1), text),
    start,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGINT');
      const ended = new Promise((resolve) => guard.once('exit', resolve));
      guard.stdin!.end();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Of the user that comes with Debian's package. */
const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

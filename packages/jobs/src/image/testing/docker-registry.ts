import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../run-program.ts';

export const hasRegistry = findProgram('docker-registry') !== null;

export const USER = 'ada';
export const PASSWORD = 'correct horse: battery';

export interface TestRegistry {
  /** Host and port. */
  host: string;
  stop(): void;
}

/** Debian's docker-registry on loopback, in a folder; it lets nobody in but one user. */
export async function startDockerRegistry(dir: string): Promise<TestRegistry> {
  const port = await freePort();
  const crypt = 'print crypt($ARGV[0], q($2y$05$abcdefghijklmnopqrstuu))';
  const hash = execFileSync('perl', ['-e', crypt, PASSWORD], { encoding: 'utf8' });
  writeFileSync(join(dir, 'htpasswd'), `${USER}:${hash}\n`);
  const config = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(dir, 'storage') } },
    http: { addr: `127.0.0.1:${port}` },
    auth: { htpasswd: { realm: 'test', path: join(dir, 'htpasswd') } },
  };
  // what YAML is written in is JSON too
  writeFileSync(join(dir, 'config.yml'), JSON.stringify(config));
  const child = spawn('docker-registry', ['serve', join(dir, 'config.yml')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const untilMs = Date.now() + 100_000;
  while (Date.now() < untilMs) {
    const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => null);
    if (answer?.status === 401) return { host: `127.0.0.1:${port}`, stop: () => void child.kill('SIGKILL') };
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`docker-registry did not start: ${said}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../source-files.ts';

/** An npm registry on loopback. */
export interface Registry {
  url: string;
  /** An .npmrc that takes everything from it. */
  npmrc: string;
  stop(): void;
}

const START_MS = 60_000;

/**
 * Starts verdaccio in a folder. What lies under our own names is only what is published here; everything else comes from
 * the registry that npm is configured with.
 *
 * @param own the names of our packages
 */
export async function startRegistry(dir: string, own: readonly string[]): Promise<Registry> {
  mkdirSync(dir, { recursive: true });
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { cwd: root, encoding: 'utf8' }).trim();
  const anyone = { access: '$all', publish: '$all', unpublish: '$all' };
  const config = {
    storage: join(dir, 'storage'),
    auth: { htpasswd: { file: join(dir, 'htpasswd') } },
    uplinks: { upstream: { url: upstream, cache: false, maxage: '1h', timeout: '60s', max_fails: 10 } },
    packages: {
      ...Object.fromEntries(own.map((name) => [name, anyone])),
      '**': { access: '$all', proxy: 'upstream' },
    },
    web: { enable: false },
    middlewares: {},
    log: { type: 'file', path: join(dir, 'verdaccio.log'), format: 'json', level: 'warn' },
  };
  // what YAML is written in is JSON too
  const configFile = join(dir, 'config.yaml');
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  const url = `http://127.0.0.1:${await freePort()}`;
  const program = join(root, 'node_modules', 'verdaccio', 'bin', 'verdaccio');
  const child = spawn(process.execPath, [program, '--config', configFile, '--listen', url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const stop = () => void child.kill('SIGKILL');
  const deadline = Date.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`verdaccio ended with ${child.exitCode}: ${said}`);
    const answer = await fetch(`${url}/-/ping`).catch(() => null);
    if (answer?.ok) break;
    if (Date.now() > deadline) {
      stop();
      throw new Error(`verdaccio did not answer at ${url} within ${START_MS} ms: ${said}`);
    }
    await sleep(100);
  }
  // npm publishes with a token only; this registry takes any
  return { url, npmrc: `registry=${url}/\n//${new URL(url).host}/:_authToken=anyone\n`, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

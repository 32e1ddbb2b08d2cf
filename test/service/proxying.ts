import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../../packages/semblance/src/setup/unpack.ts';
import { deployDir } from '../../scripts/render-chart.ts';
import { type Answer, askTls } from './ask-tls.ts';

/** Where a proxy stands, and what it writes about requests. */
export interface RunningProxy {
  url: string;
  log(): string;
  stop(): Promise<void>;
}
export interface Place {
  dir: string;
  service: string;
  pair: { cert: string; key: string };
}
interface Started {
  command: string;
  args: string[];
  env?: Record<string, string>;
  log(said: string): string;
}

/** Another text in a file of ours; each piece has to be there, so that what is tested is what is delivered. */
function changed(text: string, changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`the file has no ${from}`);
    return before.replaceAll(from, to);
  }, text);
}

async function nginx({ dir, service, pair }: Place, port: number): Promise<Started> {
  const site = changed(await readFile(join(deployDir, 'nginx/semblance.conf'), 'utf8'), {
    'listen 443': `listen 127.0.0.1:${port}`,
    '/etc/letsencrypt/live/faces.example/fullchain.pem': pair.cert,
    '/etc/letsencrypt/live/faces.example/privkey.pem': pair.key,
    '/var/log/nginx/semblance.log': `${dir}/access.log`,
    '127.0.0.1:8080': new URL(service).host,
  });
  await writeFile(join(dir, 'semblance.conf'), site);
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const main = [
    ...['daemon off;', 'master_process off;', `pid ${dir}/nginx.pid;`, 'events {}', 'http {'],
    ...folders.map((folder) => `${folder}_temp_path ${dir}/${folder};`),
    ...[`include ${dir}/semblance.conf;`, '}'],
  ];
  await writeFile(join(dir, 'nginx.conf'), main.join('\n'));
  const command = findProgram('/usr/sbin/nginx')!;
  const args = ['-c', join(dir, 'nginx.conf'), '-e', join(dir, 'error.log'), '-p', dir];
  const { status, stderr } = spawnSync(command, ['-t', ...args], { encoding: 'utf8' });
  if (status !== 0 || /\[warn\]/.test(stderr)) throw new Error(stderr);
  return { command, args, log: () => readFileSync(join(dir, 'access.log'), 'utf8') };
}

async function caddy({ dir, service, pair }: Place, port: number): Promise<Started> {
  const site = changed(await readFile(join(deployDir, 'caddy/Caddyfile'), 'utf8'), {
    'faces.example {': `https://127.0.0.1:${port} {\n\ttls ${pair.cert} ${pair.key}`,
    '127.0.0.1:8080': new URL(service).host,
  });
  const path = join(dir, 'Caddyfile');
  await writeFile(path, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  const env = { XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir, HOME: dir };
  const args = ['run', '--config', path, '--adapter', 'caddyfile'];
  return { command: findProgram('/usr/bin/caddy')!, args, env, log: (said) => said };
}

export const proxies = { nginx, caddy };
export const hasProxy = {
  nginx: findProgram('/usr/sbin/nginx') !== null,
  caddy: findProgram('/usr/bin/caddy') !== null,
};

/** Runs a proxy with the configuration that is delivered, but for its addresses, until it passes requests on. */
export async function startProxy(name: keyof typeof proxies, place: Place): Promise<RunningProxy> {
  // another program may take the port before the proxy does
  for (let round = 1; ; round++) {
    const dir = join(place.dir, `${name}-${round}`);
    await mkdir(dir);
    const port = await freePort();
    const { command, args, env, log } = await proxies[name]({ ...place, dir }, port);
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)));
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const url = `https://127.0.0.1:${port}`;
    const stop = async (): Promise<void> => {
      child.kill('SIGTERM');
      await ended;
    };
    if (await passes(url, child)) return { url, log: () => log(said.join('')), stop };
    await stop();
    if (round === 3) throw new Error(said.join(''));
  }
}

async function passes(url: string, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    const answer: Answer | null = await askTls(`${url}/health/live`).catch(() => null);
    if (answer?.status === 200) return true;
    await sleep(20);
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';

const semblance = join(import.meta.dirname, '..', 'scripts', 'semblance');
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'semblance-demo-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

interface Served {
  child: ChildProcess;
  url: string;
  key: string;
  said: string[];
}

/** Serves the demo until it says that it is complete. */
async function serveDemo(...args: string[]): Promise<Served> {
  const child = spawn(semblance, ['serve', '--demo', ...args, '--port', '0', '--log', 'off'], {
    env: { ...process.env, SEMBLANCE_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let key = '';
  child.stdout.on('data', (text) => (key += text));
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    if (/^the demo is (not )?complete/.test(line)) break;
  }
  const url = said.map((line) => /^listening at (\S+)$/.exec(line)?.[1]).find(Boolean) ?? '';
  expect(said.at(-1), said.join('\n')).toBe('the demo is complete');
  expect(said).toContain(`the page: ${url}/ui/`);
  return { child, url, key: key.trim(), said };
}

async function end({ child }: Served): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}

test('a fresh instance has people, versions, a finished sweep, evaluations and faces to review; started again, it has them at once', async () => {
  const first = await serveDemo('quick');
  const get = async ({ url }: Served, path: string) => {
    const answer = await fetch(url + path, { headers: { 'x-api-key': first.key } });
    expect(answer.status, path).toBe(200);
    // biome-ignore lint/suspicious/noExplicitAny: whatever JSON it is
    return answer.json() as any;
  };
  const people = await get(first, '/api/v1/people');
  expect(people.total).toBe(6);
  expect(people.people[0]).toMatchObject({ subject: 'Ada Park', faces: 2 });
  const review = await get(first, '/api/v1/review');
  expect(review.isOn).toBe(true);
  await end(first);

  const again = await serveDemo();
  expect(again.key).toBe('');
  expect(again.said.filter((line) => /^(rendering|running|\$)/.test(line))).toEqual([]);
  expect((await get(again, '/api/v1/people')).total).toBe(6);
  await end(again);

  const list = spawn(
    semblance,
    ['jobs', 'list', '--jobs', join(home, 'demo-service/demo/jobs'), '--format', 'json'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  list.stdout.on('data', (part) => (text += part));
  await once(list, 'close');
  const versions = text
    .trim()
    .split('\n')
    .flatMap((line) => JSON.parse(line));
  expect(versions.map(({ state }) => state)).toEqual(Array(13).fill('completed'));
  const jobs = versions.map(({ job }) => job);
  expect(jobs.filter((job) => job === 'evaluation')).toHaveLength(4);
  expect(jobs.filter((job) => job === 'margins')).toHaveLength(6);
}, 600_000);

test('a folder that holds something else stays as it is', async () => {
  const child = spawn(
    semblance,
    ['serve', '--demo', 'quick', '--state', join(import.meta.dirname, 'photos')],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (part) => (said += part));
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(said).toMatch(/PATH_EXISTS: .*photos is not empty and holds no demo/);
});

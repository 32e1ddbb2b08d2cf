/**
 * The service at saturation: is its memory flat, does it shed with 429 and 503 alone, do deployments drop requests?
 *
 *   node bench/serve.ts [--seconds 600] [--still] [--detector MODEL --recognizer MODEL --other-recognizer MODEL --photo FILE]
 *
 * autocannon keeps more connections busy than the service takes; every tenth part of the time a model is deployed as a canary,
 * then wholly, then rolled back; with --still nothing is deployed, to compare commits by short runs. Without models the smallest
 * ones there are do, so that everything but the networks is tried.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { createFixture, photo } from '../test/service/fixtures.ts';
import { listening } from '../test/service/listening.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '96' },
    detector: { type: 'string' },
    recognizer: { type: 'string' },
    'other-recognizer': { type: 'string' },
    gallery: { type: 'string' },
    photo: { type: 'string' },
    still: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const fixture = await createFixture();
const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-serve-'));
const detector = values.detector ?? fixture.detector;
const recognizer = values.recognizer ?? fixture.recognizer;
const other = values['other-recognizer'] ?? fixture.otherRecognizer;
const gallery = values.gallery ?? (values.recognizer ? undefined : await fixture.newGallery());
const picture = values.photo ? await readFile(values.photo) : Buffer.from(await photo(['ada', 'bob']));

const main = new URL('../packages/semblance/src/main.ts', import.meta.url).pathname;
const args = ['serve', '--detector', detector, '--recognizer', recognizer, '--state', join(folder, 'state')];
if (gallery) args.push('--gallery', gallery);
args.push('--jobs', join(folder, 'jobs'), '--port', '0', '--max-requests', '32', '--rate', '2000');
const service = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
const key = once(service.stdout, 'data').then(([text]) => String(text).trim());
const { url, said } = await listening(service.stderr);
if (!url) throw new Error(said.join('\n'));
service.stderr.resume();
const headers = { 'x-api-key': await key };
// The load has a key of its own: its rate is limited, the one that deploys is not touched by it.
const keysOf = ['keys', 'create', '--role', 'read', '--label', 'load', '--state', join(folder, 'state')];
const loadKey = execFileSync(process.execPath, [main, ...keysOf], { encoding: 'utf8' }).trim();
// A running service reads its keys anew within a second.
while (
  (await fetch(`${url}/api/v1/recognition/subjects`, { headers: { 'x-api-key': loadKey } })).status !== 200
)
  await sleep(200);

const call = async (method: string, path: string, body?: object) => {
  const reply = await fetch(url + path, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return {
    status: reply.status,
    json: (await reply.json()) as { id: string; state: string; reason: string | null },
  };
};

/** Resident memory of the service, MiB. */
async function memoryMib(): Promise<number> {
  const status = await readFile(`/proc/${service.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) / 1024;
}

/**
 * Processor time of the service and of the processes it has started so far, ms: unlike answers a second, other work on the
 * machine hardly changes it.
 */
async function processorMs(): Promise<number> {
  let ticks = 0;
  for (const pid of await readdir('/proc')) {
    // one that has ended meanwhile counts for its parent
    const stat = /^\d+$/.test(pid) ? await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '') : '';
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isOurs = Number(pid) === service.pid || Number(fields[1]) === service.pid;
    // its own in user and system mode, and that of its children that have ended
    if (isOurs) for (const field of fields.slice(11, 15)) ticks += Number(field);
  }
  return ticks * 10;
}

const samples: { second: number; mib: number }[] = [];
const startMs = performance.now();
const elapsed = () => (performance.now() - startMs) / 1000;
const sampling = setInterval(() => {
  void memoryMib().then(
    (mib) => samples.push({ second: elapsed(), mib }),
    () => {},
  );
}, 1000);

const boundary = 'semblance';
const body = Buffer.concat([
  Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`,
  ),
  picture,
  Buffer.from(`\r\n--${boundary}--\r\n`),
]);
const processorBefore = await processorMs();
const load = autocannon({
  url: `${url}/api/v1/recognition/recognize`,
  method: 'POST',
  headers: { 'x-api-key': loadKey, 'content-type': `multipart/form-data; boundary=${boundary}` },
  body,
  connections: Number(values.connections),
  duration: seconds,
  timeout: 60,
});

/** Deploys as long as the load goes on; every change that did not come to be is an error. */
const changes = { deployed: 0, rolledBack: 0 };
const cycleStarts: number[] = [];
const failures: string[] = [];
let isOver = false;
const changing = (async () => {
  const pauseMs = Math.max(500, (seconds * 1000) / 40);
  while (!isOver && !values.still) {
    cycleStarts.push(elapsed());
    for (const weight of [10, 100]) {
      await sleep(pauseMs);
      if (isOver) return;
      const begun = await call('POST', '/api/v1/deployments', { name: 'other', recognizer: other, weight });
      let { state, reason } = begun.json;
      while (state === 'preparing') {
        await sleep(200);
        ({ state, reason } = (await call('GET', `/api/v1/deployments/${begun.json.id}`)).json);
      }
      if (state === 'active') changes.deployed++;
      else failures.push(`${begun.status} ${state}: ${reason}`);
    }
    for (let i = 0; i < 2; i++) {
      await sleep(pauseMs);
      const { status } = await call('POST', '/api/v1/deployments/rollback');
      if (status === 200) changes.rolledBack++;
      else failures.push(`rollback ${status}`);
    }
  }
})().catch((error: Error) => void failures.push(error.message));

const result = await load;
const processorTime = (await processorMs()) - processorBefore;
isOver = true;
await changing;
clearInterval(sampling);
const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
service.kill('SIGTERM');
const [code] = await once(service, 'exit');

// the first fifth is warm-up: models are loaded, pools grow
const settled = samples.filter(({ second }) => second > seconds / 5 && second < seconds);
// A canary is a second model in memory: what is compared are whole cycles of deploying and rolling back, the first third of
// those after the warm-up and the last third. One that the end has cut off is none.
const bounds = cycleStarts.filter((second) => second > seconds / 5 && second < seconds);
const third = Math.floor((bounds.length - 1) / 3);
const mean = (from: number, to: number) => {
  const part = samples.filter(({ second }) => second >= from && second < to);
  return part.reduce((sum, { mib }) => sum + mib, 0) / part.length;
};
const early = third < 1 ? Number.NaN : mean(bounds[0]!, bounds[third]!);
const late = third < 1 ? Number.NaN : mean(bounds.at(-1 - third)!, bounds.at(-1)!);
const statuses = Object.fromEntries(
  Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [status, count]),
);
console.log(`photo ${picture.length} bytes, ${values.connections} connections, ${seconds} s`);
console.log(
  `answers by status: ${JSON.stringify(statuses)}; errors ${result.errors}, timeouts ${result.timeouts}`,
);
console.log(`answered with 200: ${((statuses['200'] ?? 0) / seconds).toFixed(1)} a second`);
console.log(
  `processor time of the service and its processes: ${(processorTime / (statuses['200'] ?? 0)).toFixed(2)} ms an answer with 200`,
);
console.log(`latency of all answers: median ${result.latency.p50} ms, p99 ${result.latency.p99} ms`);
console.log(
  third < 1
    ? 'memory: not compared, too short a time for three whole cycles of changes after the warm-up'
    : `memory: ${early.toFixed(0)} MiB early, ${late.toFixed(0)} MiB late (${(100 * (late / early - 1)).toFixed(1)} %), ` +
        `means of ${third} of ${bounds.length - 1} whole cycles of changes each`,
);
console.log(
  `most ${Math.max(...settled.map(({ mib }) => mib)).toFixed(0)} MiB, least ${Math.min(...settled.map(({ mib }) => mib)).toFixed(0)} MiB`,
);
console.log(
  `changes under load: ${changes.deployed} deployments, ${changes.rolledBack} roll-backs, failed ${JSON.stringify(failures)}`,
);
console.log(/^semblance_event_loop_p99_seconds.*$/m.exec(metrics)?.[0]);
console.log(`the service ended with ${code}`);
await writeFile(
  join(tmpdir(), 'semblance-bench-serve.json'),
  JSON.stringify({ statuses, samples, changes, failures }),
);
await rm(folder, { recursive: true, force: true });
await fixture.remove();
const isClean =
  failures.length === 0 &&
  result.errors === 0 &&
  Object.keys(statuses).every((status) => ['200', '429', '503'].includes(status)) &&
  Math.abs(late / early - 1) <= 0.05;
console.log(isClean ? 'clean' : 'NOT clean');
process.exitCode = isClean ? 0 : 1;

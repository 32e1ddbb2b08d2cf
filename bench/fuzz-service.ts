/**
 * Every route of the service under requests that are sound, nearly sound, and none at all: nothing may crash, nothing but
 * shedding is answered with 5xx, every refusal has one of the shapes of docs/http-api.md, and memory stays where it is.
 *
 *   node bench/fuzz-service.ts [--requests 100000] [--seed 0] [--compat compreface|none] [--parallel 6]
 *
 * Request i is made from the seed `seed + i`: a failure is sent again by its seed with `--requests 1`. The models are the
 * smallest there are.
 */
import { parseArgs } from 'node:util';
import type { Compat } from '../packages/serve/src/http/contracts.ts';
import { failureText, fuzz } from '../test/service/hostile/fuzz.ts';
import { startTarget } from '../test/service/hostile/target.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '0' },
    compat: { type: 'string', default: 'compreface' },
    parallel: { type: 'string', default: '6' },
  },
});
/** How much more the memory may be at the end than after the first tenth. */
const MOST_GROWTH = 0.05;

await using target = await startTarget({ compat: values.compat as Compat, hasJobs: true });
const memoryMib: number[] = [];
const startMs = performance.now();
const report = await fuzz(target, {
  ...{ requests: Number(values.requests), seed: Number(values.seed), parallel: Number(values.parallel) },
  async onTenth(done) {
    const { rss, heap, lines } = await target.memory();
    memoryMib.push(rss / 2 ** 20);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
    console.error(
      `${done} requests, ${seconds} s: ${memoryMib.at(-1)!.toFixed(1)} MiB resident, ${(heap / 2 ** 20).toFixed(1)} MiB heap, ${lines.length} lines logged`,
    );
  },
});
const { lines } = await target.memory();
for (const failure of report.failures.slice(0, 200)) console.log(failureText(failure));
console.log(`answers by status: ${JSON.stringify(Object.fromEntries([...report.statuses].sort()))}`);
const missed = report.operations.filter((operation) => !report.reached.has(operation));
console.log(`operations never answered below 400: ${missed.join(', ') || 'none'}`);
console.log(`logged: ${lines.length} lines ${lines.slice(0, 20).join('\n  ')}`);
const growth = memoryMib.at(-1)! / memoryMib[0]! - 1;
console.log(`resident memory after each tenth: ${memoryMib.map((mib) => mib.toFixed(1)).join(', ')} MiB`);
console.log(
  `growth ${(100 * growth).toFixed(1)} %, failures ${report.failures.length}, alive ${target.isAlive}`,
);
process.exitCode = report.failures.length === 0 && growth <= MOST_GROWTH ? 0 : 1;

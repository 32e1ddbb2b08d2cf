/**
 * Watches a version of a training job: its state, its loss, and what to do if it failed.
 *
 *   node examples/watch-version.ts JOB/V0001
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { fullName, isSettled, JobService } from '@semblance/jobs';
import { jobParts } from 'semblance';

const [name] = process.argv.slice(2);
if (!name) throw new Error('usage: watch-version.ts JOB/V0001');

// the jobs of $SEMBLANCE_HOME, as `semblance jobs` sees them
await using jobs = new JobService({ parts: jobParts });
await jobs.wakeIfActive();

let said = '';
for (;;) {
  const version = await jobs.find(name);
  const { loss } = await jobs.curves(version);
  const [step, value] = loss?.at(-1) ?? [];
  const progress = value === undefined ? '' : `, step ${step}, loss ${value.toFixed(3)}`;
  const line = `${fullName(version)} is ${version.state}${progress}`;
  if (line !== said) console.log(line);
  said = line;

  if (isSettled(version)) {
    for (const [metric, { value }] of Object.entries(version.metrics)) console.log(`  ${metric} ${value}`);
    const hint = await jobs.hint(version);
    if (hint) console.log(`  ${hint.cause}: ${hint.fix}`);
    break;
  }
  await sleep(500);
}

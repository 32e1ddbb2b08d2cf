import { JobService } from '../service.ts';
import { type KillTask, killTasks, optionsOf } from './kill-tasks.ts';

/** For the kill harness: makes one version in a process of its own, and prints its id once it is acknowledged. */
const [home, job, kind, out, executor] = process.argv.slice(2) as [string, string, KillTask, string, string];
await using jobs = await JobService.open({ home });
const version = await jobs.create(job, killTasks[kind], optionsOf(kind, out, JSON.parse(executor)));
process.stdout.write(`${version.id}\n`);

import { join } from 'node:path';
import type { Env } from '@semblance/core';
import { fillPlaceholders } from '../../kinds/placeholders.ts';
import { makeFolders, placeOf } from '../../steps/places.ts';
import { INPUTS_MISSING } from '../../steps/run-step.ts';
import type { BootPlan } from './arguments.ts';
import { Carrier } from './carrier.ts';
import { runCommand } from './run-command.ts';
import { commandEnv, type JobFolders, jobFolders, workerNumber } from './worker.ts';

/** What a run that did its work ends with if its outputs do not arrive. */
const OUTPUTS_LOST = 1;

/**
 * The protocol of a training image: fetches code and inputs, runs the command, and carries logs and outputs away, whatever
 * came of it. Worker 0 carries the outputs; every worker its own log.
 *
 * @returns 127 where code or inputs cannot be fetched; else the command's own code, or 1 where that is 0 and its outputs
 *   or its log did not arrive
 */
export async function boot(plan: BootPlan, env: Env, say: (line: string) => void): Promise<number> {
  const folders = jobFolders(env);
  const worker = workerNumber(env);
  const carrier = new Carrier(env, say);
  try {
    await makeFolders(folders.inputs, folders.outputs, folders.logs);
    await fetchAll(plan, folders, carrier);
  } catch (error) {
    carrier.report('code or inputs did not arrive', error);
    return INPUTS_MISSING;
  }
  const code = await runCommand({
    command: fillPlaceholders(plan.command, await placesOf(plan, folders)).words,
    cwd: plan.code === null ? process.cwd() : folders.code,
    env: commandEnv(env, folders),
    log: join(folders.logs, `worker-${worker}.log`),
  });
  const isDelivered = await deliverAll(plan, folders, worker, carrier);
  return code === 0 && !isDelivered ? OUTPUTS_LOST : code;
}

async function fetchAll(plan: BootPlan, folders: JobFolders, carrier: Carrier): Promise<void> {
  if (plan.code !== null) await carrier.fetch('code', plan.code, folders.code);
  for (const { name, location } of plan.inputs)
    await carrier.fetch(`input ${name}`, location, join(folders.inputs, name));
  if (!plan.predownload) return;
  for (const { name, location } of plan.outputs)
    await carrier.fetchEarlier(`output ${name}`, location, join(folders.outputs, name));
}

/** What `{inputs.NAME}`, `{inputs}`, `{outputs.NAME}`, `{outputs}` and `{job}` stand for in the command. */
async function placesOf(plan: BootPlan, folders: JobFolders): Promise<Record<string, string>> {
  const { inputs, outputs, dir } = folders;
  const values: Record<string, string> = { inputs, outputs, job: dir };
  for (const { name, location } of plan.inputs)
    values[`inputs.${name}`] = await placeOf(join(inputs, name), location);
  for (const { name } of plan.outputs) values[`outputs.${name}`] = join(outputs, name);
  return values;
}

/** @returns whether all of it arrived */
async function deliverAll(
  plan: BootPlan,
  folders: JobFolders,
  worker: number,
  carrier: Carrier,
): Promise<boolean> {
  const sent: boolean[] = [];
  for (const { name, location } of worker === 0 ? plan.outputs : [])
    sent.push(await carrier.send(`output ${name}`, join(folders.outputs, name), location));
  if (plan.logs !== null) {
    const location = `${plan.logs.replace(/\/+$/, '')}/worker-${worker}`;
    sent.push(await carrier.send('log', folders.logs, location));
  }
  return !sent.includes(false);
}

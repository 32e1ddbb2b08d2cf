import { join } from 'node:path';
import { flattenMetrics, readFigures } from '../record/metrics.ts';
import { kindBase, type TaskKind } from './kind.ts';

/** What a task is asked to do, apart from how it is run. */
export interface TaskRequest {
  task: string;
  options: Record<string, string>;
  parameters: Record<string, string>;
  command: string[];
  /** Places that the outputs are to go to, by the option that names them. */
  outputs: Record<string, string>;
}

/**
 * A command of one's own. It finds its places in `SEMBLANCE_INPUTS`, `SEMBLANCE_OUTPUTS`, and may write lines with a
 * `step` to `SEMBLANCE_METRICS` (metrics.jsonl) and final figures to `metrics.json` in its outputs.
 */
export const custom: TaskKind = {
  ...kindBase,
  name: 'custom',
  summary: 'a command of your own',
  words: [],
  options: {},
  takesWorkers: true,
  resume: { args: [], isPossible: () => true },
  metricsLog: 'metrics.jsonl',
  async finalMetrics(outputs) {
    return flattenMetrics(await readFigures(join(outputs, 'metrics.json')));
  },
};

/**
 * A command of your own as a task, for `JobService.create`.
 *
 * It finds its places in `SEMBLANCE_INPUTS` and `SEMBLANCE_OUTPUTS`, and may write figures over its steps to
 * `SEMBLANCE_METRICS`.
 *
 * @param command program and arguments, with `{name}` where the value of a parameter goes
 * @param parameters what is varied from version to version
 * @example
 * ```ts
 * import { customTask } from '@semblance/jobs';
 *
 * const task = customTask(['python3', 'train.py', '--lr', '{lr}'], { lr: '0.1' });
 * console.log(task.command.length, task.parameters); // 4 { lr: '0.1' }
 * ```
 */
export const customTask = (
  command: readonly string[],
  parameters: Readonly<Record<string, string>> = {},
): TaskRequest => ({
  task: custom.name,
  options: {},
  parameters: { ...parameters },
  command: [...command],
  outputs: {},
});

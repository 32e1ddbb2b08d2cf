import { execFile } from 'node:child_process';
import { nodeCommand } from '@semblance/core';
import type { TrainingDescription, TrainingToDescribe } from '@semblance/train';
import { type ErrorCode, SemblanceError } from '../error.ts';
import type { VersionSpec } from '../model.ts';
import type { JobParts } from '../parts.ts';
import type { TaskKind } from './kind.ts';

/** What a version will do, known before it runs. */
export interface TaskDescription {
  /** Every value that decides the result: of a training the resolved recipe. */
  parameters: Record<string, string>;
  seeds: Record<string, string>;
  /** Versions of what trains. */
  engine: Record<string, string>;
}

export type TrainingQuestion = TrainingToDescribe;
export type TrainingAnswer = TrainingDescription | { error: { code: ErrorCode; message: string } };

/** What of a specification is asked about. */
export type AskedSpec = Pick<VersionSpec, 'task' | 'options' | 'parameters'> & {
  resources: Pick<VersionSpec['resources'], 'workers'>;
};

const [node, ...script] = nodeCommand(import.meta.url, './describe-training');

/**
 * Describes what versions will do, holding their values against what the task takes.
 *
 * @throws RECIPE_*, TRAIN_UNAVAILABLE, JOB_RESOURCES_UNAVAILABLE
 */
export async function describeTasks(
  parts: JobParts,
  specs: readonly AskedSpec[],
): Promise<TaskDescription[]> {
  const questions = specs.map((spec) => questionOf(parts.kind(spec.task), spec));
  const answers = await askTraining(questions.filter((question) => question !== null));
  return specs.map((spec, i) => {
    const texts = textOptions(parts.kind(spec.task), spec);
    if (questions[i]) return trainingDescription(spec, texts, answers.shift()!);
    const parameters = { ...texts, ...spec.parameters };
    return { parameters, seeds: seedsOf(parameters), engine: {} };
  });
}

/**
 * The parameters of a task as they are where nothing is set: of a training its recipe's; none where nobody knows them before
 * the command runs.
 *
 * @param options such as `recipe` and `loss`
 * @throws TASK_UNKNOWN, RECIPE_*, TRAIN_UNAVAILABLE
 */
export async function presetParameters(
  parts: JobParts,
  task: string,
  options: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  if (parts.kind(task).trains === null) return {};
  const [described] = await describeTasks(parts, [
    { task, options, parameters: {}, resources: { workers: 1 } },
  ]);
  return described!.parameters;
}

function questionOf(
  { trains }: TaskKind,
  { options, parameters, resources }: AskedSpec,
): TrainingQuestion | null {
  if (trains === null) return null;
  const { recipe, loss, nproc = '1' } = options;
  const workers = Math.max(resources.workers, Number(nproc));
  return { task: trains, recipe, loss, overrides: parameters, workers };
}

function trainingDescription(
  spec: AskedSpec,
  texts: Readonly<Record<string, string>>,
  answer: TrainingAnswer,
): TaskDescription {
  if ('error' in answer) throw new SemblanceError(answer.error.code, answer.error.message);
  if (!answer.isDistributed) {
    const message = `${spec.resources.workers} workers need a training engine with c10d, and this one has none`;
    throw new SemblanceError('JOB_RESOURCES_UNAVAILABLE', message);
  }
  const { name = '', task: _, ...resolved } = flatten(answer.recipe);
  const parameters = { ...texts, recipe: name, ...resolved };
  return { parameters, seeds: seedsOf(parameters), engine: answer.engine };
}

/** Options that are no places. */
function textOptions(kind: TaskKind, { options }: AskedSpec): Record<string, string> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => kind.options[name] !== 'input'));
}

function seedsOf(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => /(^|[._-])seed$/i.test(name)));
}

/** `lossOptions.margin` and its value as text, for every value within. */
export function flatten(value: Readonly<Record<string, unknown>>, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]): [string, string][] => {
      if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
        return Object.entries(flatten(part as Record<string, unknown>, `${prefix}${key}.`));
      }
      return [[`${prefix}${key}`, typeof part === 'string' ? part : JSON.stringify(part)]];
    }),
  );
}

async function askTraining(questions: readonly TrainingQuestion[]): Promise<TrainingAnswer[]> {
  if (questions.length === 0) return [];
  const stdout = await new Promise<string>((resolve, reject) => {
    const child = execFile(node, script, { maxBuffer: 256 << 20 }, (error, out, err) => {
      if (!error) return resolve(out);
      const message = `the training engine does not answer: ${err.trim().split('\n').at(-1) || error.message}`;
      reject(new SemblanceError('TRAIN_UNAVAILABLE', message, { cause: error }));
    });
    child.stdin!.end(JSON.stringify(questions));
  });
  return JSON.parse(stdout) as TrainingAnswer[];
}

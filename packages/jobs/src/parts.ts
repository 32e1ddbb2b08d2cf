import { didYouMean } from '@semblance/core';
import { SemblanceError } from './error.ts';
import type { ExecutorKind } from './executor/kind.ts';
import { executorKinds } from './executor/kinds.ts';
import { custom } from './kinds/custom.ts';
import type { TaskKind } from './kinds/kind.ts';
import type { VersionSpec } from './model.ts';
import type { StorageDrivers } from './storage/index.ts';

export interface JobPartsOptions {
  /**
   * URL of a module that exports these parts as `jobParts`: the supervisor and what brings inputs and takes outputs away
   * are processes of their own, and import it.
   */
  module: string;
  /** Program and first arguments that the words of a kind follow. */
  program: readonly string[];
  /** The same in an image; `semblance` where nothing is said. */
  programInImage?: readonly string[];
  /** Kinds of tasks besides a command of your own, which is always there. */
  kinds?: readonly TaskKind[];
  /** Drivers of object storage besides those that come along, by the scheme of their locations. */
  storage?: StorageDrivers;
  /** Executors besides those that come along; one of the same name takes the place of ours. */
  executors?: readonly ExecutorKind[];
}

/**
 * What jobs are made of that they do not bring themselves: kinds of tasks, executors and drivers of storage, handed in
 * from above.
 *
 * The module that makes them exports them as `jobParts`: the supervisor is a process of its own, and imports it.
 *
 * @example
 * ```ts
 * import { JobParts, JobService } from '@semblance/jobs';
 * import { kindBase } from '@semblance/jobs/kinds';
 *
 * // versions of this kind run: my-tool render --scene FILE
 * const render = { ...kindBase, name: 'render', summary: 'renders', words: ['render'], options: { scene: 'input' as const } };
 * export const jobParts = new JobParts({ module: import.meta.url, program: ['my-tool'], kinds: [render] });
 * await using jobs = new JobService({ home: 'jobs', parts: jobParts });
 * console.log(jobs.parts.kinds.map(({ name }) => name)); // [ 'render', 'custom' ]
 * ```
 */
export class JobParts {
  /** null: there are no parts but those that come along. */
  readonly module: string | null;
  readonly program: readonly string[];
  readonly programInImage: readonly string[];
  readonly kinds: readonly TaskKind[];
  readonly storage: StorageDrivers;
  readonly executors: readonly ExecutorKind[];

  constructor({
    module,
    program = [],
    programInImage = ['semblance'],
    kinds = [],
    storage = {},
    executors = [],
  }: Partial<JobPartsOptions> = {}) {
    this.module = module ?? null;
    this.program = program;
    this.programInImage = programInImage;
    this.kinds = [...kinds, custom];
    this.storage = storage;
    this.executors = [...executors, ...executorKinds];
  }

  /** The parts that a module exports; those that come along for none. */
  static async load(module: string | undefined): Promise<JobParts> {
    if (module === undefined) return new JobParts();
    const { jobParts } = (await import(module)) as { jobParts?: JobParts };
    if (jobParts) return jobParts;
    throw new SemblanceError('TASK_UNKNOWN', `${module} exports no jobParts`);
  }

  /** null where there is no kind of that name. */
  find(name: string): TaskKind | null {
    return this.kinds.find((kind) => kind.name === name) ?? null;
  }

  /** @throws TASK_UNKNOWN */
  kind(name: string): TaskKind {
    const found = this.find(name);
    if (found) return found;
    const names = this.kinds.map((kind) => kind.name);
    const message = `there is no task '${name}'; there are ${names.join(', ')}${didYouMean(name, names)}`;
    throw new SemblanceError('TASK_UNKNOWN', message);
  }

  /** Whether the workers run on other machines, whose GPUs and slots are not ours to give. */
  isElsewhere({ executor }: Pick<VersionSpec, 'executor'>): boolean {
    return this.executors.find(({ name }) => name === executor?.name)?.isElsewhere ?? false;
  }

  /** Whether the workers run in an image, with its programs and variables. */
  isInImage({ executor }: Pick<VersionSpec, 'executor'>): boolean {
    if (executor === undefined) return false;
    return this.executors.find(({ name }) => name === executor.name)?.inImage(executor.options) ?? false;
  }

  /** @throws EXECUTOR_UNKNOWN */
  executor(name: string): ExecutorKind {
    const found = this.executors.find((kind) => kind.name === name);
    if (found) return found;
    const names = this.executors.map((kind) => kind.name);
    const message = `there is no executor '${name}'; there are ${names.join(', ')}${didYouMean(name, names)}`;
    throw new SemblanceError('EXECUTOR_UNKNOWN', message);
  }
}

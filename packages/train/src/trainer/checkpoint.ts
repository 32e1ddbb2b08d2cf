import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolderSync } from '@semblance/core/files';
import { getRngState, type nn, scope, setRngState, type Tensor } from '@semblance/torch';
import { loadSafetensors, saveSafetensors } from '@semblance/torch/safetensors';
import type { DataPosition } from '../data/sampler.ts';
import { SemblanceError } from '../error.ts';
import { checkpointName, checkpointSteps, checkpointsOf } from '../run-folder.ts';
import type { Optimizer } from './optimizer.ts';
import type { WeightAverage } from './weight-average.ts';

/** What a checkpoint holds of, and gives back to, a running training. */
export interface TrainingState {
  /** Networks by name, such as `backbone` and `head`. */
  modules: Readonly<Record<string, nn.Module>>;
  optimizer: Optimizer;
  /** Where the recipe asks for one. */
  average: WeightAverage | null;
}

/** What a checkpoint says besides its tensors. */
export interface CheckpointFacts {
  /** Steps done. */
  step: number;
  totalSteps: number;
  /** Where the next step stands in the data: it follows from step and seed, and is checked against them. */
  position: DataPosition;
  /** The resolved recipe. */
  recipe: object;
  /** Fingerprint of the training data. */
  data: string;
  /** Hash of the classes' names in their order; checkpoints of earlier versions have none. */
  people?: string | undefined;
  optimizerStep: number;
  lrs: readonly number[];
  averageUpdates: number;
  /** The best evaluation so far. */
  best: { step: number; value: number; metrics: Readonly<Record<string, number>> } | null;
  /** Evaluations since then. */
  stale: number;
  /** Times the run went back to a checkpoint, and what the learning rate is multiplied by since. */
  recoveries: number;
  lrFactor: number;
  /** Of training in float16: what the loss is multiplied by, and steps since that changed. */
  gradScale?: { scale: number; growthTracker: number };
}

const format = 'semblance-checkpoint/2';

/** The checkpoints of a run: `checkpoints/step-<steps done>.safetensors` and `checkpoints/best.safetensors`. */
export class Checkpoints {
  readonly dir: string;
  private readonly runDir: string;
  private readonly keep: number;

  constructor(runDir: string, keep: number) {
    this.runDir = runDir;
    this.dir = checkpointsOf(runDir);
    this.keep = keep;
  }

  /** Steps of the checkpoints here, ascending. */
  steps(): number[] {
    return checkpointSteps(this.runDir);
  }

  /**
   * Writes a checkpoint and then removes the oldest beyond `keep`. The file appears whole or not at all, so a
   * run that is killed at any moment can go on from the one before.
   */
  save(state: TrainingState, facts: CheckpointFacts): string {
    makeFolderSync(this.dir);
    const path = this.pathOf(facts.step);
    write(path, state, facts);
    for (const step of this.steps().slice(0, -this.keep)) rmSync(this.pathOf(step), { force: true });
    return path;
  }

  /** Writes the state as the best so far. */
  saveBest(state: TrainingState, facts: CheckpointFacts): void {
    makeFolderSync(this.dir);
    write(this.bestPath, state, facts);
  }

  /** Gives the modules the weights of the best evaluation: the averages, where there are any. */
  restoreBest(modules: TrainingState['modules']): void {
    using _ = scope();
    const { tensors } = loadSafetensors(this.bestPath);
    for (const [name, module] of Object.entries(modules)) {
      const averages = below(tensors, `average.${name}`);
      module.loadStateDict(averages.size > 0 ? averages : below(tensors, name));
    }
  }

  private get bestPath(): string {
    return join(this.dir, 'best.safetensors');
  }

  /**
   * Gives the newest checkpoint back to the modules, the optimizer and the random generator.
   *
   * @param check holds its facts against the run before anything is given back
   * @throws CHECKPOINT_NOT_FOUND, CHECKPOINT_INVALID
   */
  restore(state: TrainingState, check: (facts: CheckpointFacts) => void = () => {}): CheckpointFacts {
    const step = this.steps().at(-1);
    if (step === undefined) {
      throw new SemblanceError(
        'CHECKPOINT_NOT_FOUND',
        `there is no checkpoint to resume from in ${this.dir}`,
      );
    }
    return read(this.pathOf(step), state, check);
  }

  /** @throws PATH_EXISTS where the folder holds a run already */
  assertNone(): void {
    if (this.steps().length === 0 && !existsSync(join(this.runDir, 'manifest.json'))) return;
    throw new SemblanceError(
      'PATH_EXISTS',
      `${this.runDir} already contains a training run: add --resume, or choose another folder`,
    );
  }

  pathOf(step: number): string {
    return join(this.dir, checkpointName(step));
  }
}

/** The tensors whose names begin with `prefix.`, without it. */
function below(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  return new Map(
    [...tensors].flatMap(([key, tensor]) =>
      key.startsWith(`${prefix}.`) ? [[key.slice(prefix.length + 1), tensor] as const] : [],
    ),
  );
}

/** The newest checkpoint of a run; null where it has none. */
export function newestCheckpoint(runDir: string): string | null {
  const checkpoints = new Checkpoints(runDir, 1);
  const step = checkpoints.steps().at(-1);
  return step === undefined ? null : checkpoints.pathOf(step);
}

function write(path: string, { modules, optimizer, average }: TrainingState, facts: CheckpointFacts): void {
  using _ = scope();
  const tensors = new Map<string, Tensor>();
  for (const [name, module] of Object.entries(modules)) {
    for (const [key, tensor] of module.stateDict()) tensors.set(`${name}.${key}`, tensor);
  }
  for (const [key, tensor] of optimizer.stateDict().tensors) tensors.set(`optimizer.${key}`, tensor);
  for (const [key, tensor] of average?.stateDict() ?? []) tensors.set(`average.${key}`, tensor);
  tensors.set('rng', getRngState());
  saveSafetensors(path, tensors, { format, facts: JSON.stringify(facts) });
}

function read(
  path: string,
  { modules, optimizer, average }: TrainingState,
  check: (facts: CheckpointFacts) => void,
): CheckpointFacts {
  using _ = scope();
  const { tensors, facts } = orInvalid(path, () => {
    const { tensors, metadata } = loadSafetensors(path);
    if (metadata.format !== format) throw new Error(`its format is ${metadata.format ?? 'not given'}`);
    return { tensors, facts: JSON.parse(metadata.facts ?? '') as CheckpointFacts };
  });
  check(facts);
  orInvalid(path, () => {
    for (const [name, module] of Object.entries(modules)) module.loadStateDict(below(tensors, name));
    const moments = below(tensors, 'optimizer');
    optimizer.loadStateDict({ tensors: moments, step: facts.optimizerStep, lrs: [...facts.lrs] });
    average?.loadStateDict(below(tensors, 'average'), facts.averageUpdates);
    setRngState(tensors.get('rng')!);
  });
  return facts;
}

function orInvalid<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SemblanceError('CHECKPOINT_INVALID', `${path} cannot be resumed: ${reason}`, { cause });
  }
}

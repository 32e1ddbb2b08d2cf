import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SemblanceError } from '@semblance/face';
import {
  getRngState,
  loadSafetensors,
  type nn,
  saveSafetensors,
  scope,
  setRngState,
  type Tensor,
} from '@semblance/torch';
import type { DataPosition } from '../data/sampler.ts';
import type { Optimizer } from './optimizer.ts';

/** What a checkpoint holds of, and gives back to, a running training. */
export interface TrainingState {
  /** Networks by name, such as `backbone` and `head`. */
  modules: Readonly<Record<string, nn.Module>>;
  optimizer: Optimizer;
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
  optimizerStep: number;
  lrs: readonly number[];
  /** The best evaluation so far. */
  best: { step: number; value: number } | null;
}

const fileName = /^step-(\d+)\.safetensors$/;
const format = 'semblance-checkpoint/1';

/** The checkpoints of a run: `checkpoints/step-<steps done>.safetensors` and `checkpoints/best.safetensors`. */
export class Checkpoints {
  readonly dir: string;
  private readonly keep: number;

  constructor(runDir: string, keep: number) {
    this.dir = join(runDir, 'checkpoints');
    this.keep = keep;
  }

  /** Steps of the checkpoints here, ascending. */
  steps(): number[] {
    if (!existsSync(this.dir)) return [];
    const steps = readdirSync(this.dir).flatMap((name) => fileName.exec(name)?.[1] ?? []);
    return steps.map(Number).sort((a, b) => a - b);
  }

  /**
   * Writes a checkpoint and then removes the oldest beyond `keep`. The file appears whole or not at all, so a
   * run that is killed at any moment can go on from the one before.
   */
  save(state: TrainingState, facts: CheckpointFacts): string {
    mkdirSync(this.dir, { recursive: true });
    const path = this.pathOf(facts.step);
    write(path, state, facts);
    for (const step of this.steps().slice(0, -this.keep)) rmSync(this.pathOf(step), { force: true });
    return path;
  }

  /** Writes the state as the best so far. */
  saveBest(state: TrainingState, facts: CheckpointFacts): void {
    mkdirSync(this.dir, { recursive: true });
    write(join(this.dir, 'best.safetensors'), state, facts);
  }

  /**
   * Gives the newest checkpoint back to the modules, the optimizer and the random generator.
   *
   * @throws CHECKPOINT_NOT_FOUND, CHECKPOINT_INVALID
   */
  restore(state: TrainingState): CheckpointFacts {
    const step = this.steps().at(-1);
    if (step === undefined) {
      throw new SemblanceError('CHECKPOINT_NOT_FOUND', `there is no checkpoint in ${this.dir} to go on from`);
    }
    return read(this.pathOf(step), state);
  }

  private pathOf(step: number): string {
    return join(this.dir, `step-${String(step).padStart(8, '0')}.safetensors`);
  }
}

function write(path: string, { modules, optimizer }: TrainingState, facts: CheckpointFacts): void {
  using _ = scope();
  const tensors = new Map<string, Tensor>();
  for (const [name, module] of Object.entries(modules)) {
    for (const [key, tensor] of module.stateDict()) tensors.set(`${name}.${key}`, tensor);
  }
  for (const [key, tensor] of optimizer.stateDict().tensors) tensors.set(`optimizer.${key}`, tensor);
  tensors.set('rng', getRngState());
  saveSafetensors(path, tensors, { format, facts: JSON.stringify(facts) });
}

function read(path: string, { modules, optimizer }: TrainingState): CheckpointFacts {
  using _ = scope();
  try {
    const { tensors, metadata } = loadSafetensors(path);
    if (metadata.format !== format) throw new Error(`its format is ${metadata.format ?? 'not given'}`);
    const facts = JSON.parse(metadata.facts ?? '') as CheckpointFacts;
    const below = (prefix: string) =>
      new Map(
        [...tensors].flatMap(([key, tensor]) =>
          key.startsWith(`${prefix}.`) ? [[key.slice(prefix.length + 1), tensor] as const] : [],
        ),
      );
    for (const [name, module] of Object.entries(modules)) module.loadStateDict(below(name));
    optimizer.loadStateDict({ tensors: below('optimizer'), step: facts.optimizerStep, lrs: [...facts.lrs] });
    setRngState(tensors.get('rng')!);
    return facts;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SemblanceError('CHECKPOINT_INVALID', `${path} cannot be gone on from: ${reason}`, { cause });
  }
}

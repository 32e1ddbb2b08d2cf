import { GradScaler, manualSeed, type nn } from '@semblance/torch';
import { applyFreeze } from '../backbones/freeze.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import { type CheckpointFacts, Checkpoints, type TrainingState } from './checkpoint.ts';
import { trainingDevice } from './engine.ts';
import { Evaluations } from './evaluations.ts';
import { createOptimizer, type Optimizer } from './optimizer.ts';
import type { RunPlan } from './plan.ts';
import { assertSameRun } from './same-run.ts';
import type { TrainingTask } from './task.ts';
import { WeightAverage } from './weight-average.ts';

type TaskState = Pick<TrainingTask, 'modules' | 'network' | 'backbone' | 'dataFingerprint' | 'peopleHash'>;

/** All of a run that changes from step to step: what its checkpoints hold and a resumed run begins with. */
export class RunState implements TrainingState {
  stepsDone = 0;
  /** Times the run went back to a checkpoint, and what the learning rate is multiplied by since. */
  recoveries = 0;
  lrFactor = 1;
  readonly modules: TrainingTask['modules'];
  readonly optimizer: Optimizer;
  readonly setLr: (lr: number) => void;
  /** Switches the networks to training, but for what is frozen. */
  readonly toTraining: () => void;
  readonly average: WeightAverage | null;
  /** Of training in float16. */
  readonly scaler: GradScaler | null;
  readonly evaluations: Evaluations;
  private readonly recipe: TrainingRecipe;
  private readonly plan: RunPlan;
  private readonly dataFingerprint: string;
  private readonly peopleHash: string | undefined;
  private readonly checkpoints: Checkpoints;

  /**
   * The state before the first step.
   *
   * @throws RECIPE_INVALID_VALUE where `freeze` names what is not there
   */
  constructor(task: TaskState, recipe: TrainingRecipe, plan: RunPlan, out: string) {
    this.modules = task.modules;
    this.toTraining = applyFreeze(recipe, task.network, this.networks);
    const { optimizer, setLr } = createOptimizer(recipe, this.networks, task.backbone);
    this.optimizer = optimizer;
    this.setLr = setLr;
    this.average = recipe.ema > 0 ? new WeightAverage(task.modules, recipe.ema) : null;
    const isScaled = recipe.precision === 'float16';
    this.scaler = isScaled ? new GradScaler({ device: trainingDevice(recipe) }) : null;
    this.evaluations = new Evaluations(recipe);
    this.recipe = recipe;
    this.plan = plan;
    this.dataFingerprint = task.dataFingerprint;
    this.peopleHash = task.peopleHash;
    this.checkpoints = new Checkpoints(out, recipe.keepCheckpoints);
  }

  get networks(): nn.Module[] {
    return Object.values(this.modules);
  }

  /** Seeds the random draws of a new run; its folder must not hold another. @throws PATH_EXISTS */
  begin({ isFirst }: { isFirst: boolean }): void {
    if (isFirst) this.checkpoints.assertNone();
    manualSeed(this.recipe.seed + 1);
  }

  /**
   * Takes up the newest checkpoint of the same run.
   *
   * @throws CHECKPOINT_NOT_FOUND, CHECKPOINT_INVALID
   */
  resume(): void {
    const facts = this.checkpoints.restore(this, (found) =>
      assertSameRun(found, {
        recipe: this.recipe,
        totalSteps: this.plan.totalSteps,
        data: this.dataFingerprint,
        people: this.peopleHash,
        position: this.plan.position(found.step),
      }),
    );
    this.takeUp(facts);
    this.recoveries = facts.recoveries;
    this.lrFactor = facts.lrFactor;
  }

  /** Goes back to the newest checkpoint; recoveries and learning rate stay as they are now. */
  goBack(): void {
    this.takeUp(this.checkpoints.restore(this));
  }

  /** Writes a checkpoint; gives its path. */
  save(): string {
    return this.checkpoints.save(this, this.facts());
  }

  saveBest(): void {
    this.checkpoints.saveBest(this, this.facts());
  }

  /** Gives the networks the weights of the best evaluation. */
  restoreBest(): void {
    this.checkpoints.restoreBest(this.modules);
  }

  dispose(): void {
    this.average?.dispose();
    this.scaler?.dispose();
  }

  private takeUp(facts: CheckpointFacts): void {
    this.stepsDone = facts.step;
    this.evaluations.restore(facts);
    if (facts.gradScale) this.scaler?.loadStateDict(facts.gradScale);
  }

  private facts(): CheckpointFacts {
    return {
      step: this.stepsDone,
      totalSteps: this.plan.totalSteps,
      position: this.plan.position(this.stepsDone),
      recipe: this.recipe,
      data: this.dataFingerprint,
      people: this.peopleHash,
      optimizerStep: this.optimizer.numSteps,
      lrs: this.optimizer.stateDict().lrs,
      averageUpdates: this.average?.numUpdates ?? 0,
      best: this.evaluations.best,
      stale: this.evaluations.stale,
      recoveries: this.recoveries,
      lrFactor: this.lrFactor,
      ...(this.scaler && { gradScale: this.scaler.stateDict() }),
    };
  }
}

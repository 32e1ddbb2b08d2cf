import { setImmediate as turn } from 'node:timers/promises';
import { makeFolderSync } from '@semblance/core/files';
import { autoWorkers, createLoader } from '../data/loader.ts';
import type { BatchOf, MakerConfig } from '../data/makers.ts';
import { SemblanceError } from '../error.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import { Batches } from './batches.ts';
import { gradientDiverged, lossDiverged, weightDiverged } from './divergence.ts';
import { RunPlan } from './plan.ts';
import type { OnProgress } from './progress.ts';
import { alone, ownCores, type Ranks } from './ranks.ts';
import { RunReport } from './report.ts';
import { RunState } from './state.ts';
import type { TrainingTask } from './task.ts';
import { createUpdate, type StepResult } from './update.ts';
import { findCause, nonFiniteWeight } from './watchdog.ts';

export interface RunOptions {
  /** Folder of the run: checkpoints/ and metrics.jsonl go here. */
  out: string;
  /** Resume from the newest checkpoint in `out`. */
  resume?: boolean;
  /** The weights mean something already: they are evaluated before the first step. */
  isInitialized?: boolean;
  onProgress?: OnProgress;
  /** Aborting ends the run after the step in progress, with a checkpoint. Of several ranks all have one, or none. */
  signal?: AbortSignal;
}

export interface RunResult {
  steps: number;
  epochs: number;
  /** Mean over the last steps. */
  loss: number;
  metrics: Readonly<Record<string, number>>;
  /** Of the weights that are deployed. */
  evaluation: Readonly<Record<string, number>> | null;
  trainingSeconds: number;
}

/**
 * Trains a task's networks by a recipe until the schedule ends.
 *
 * What happens at step k follows from recipe, data and k alone, so a run that is killed and resumed repeats the
 * loss sequence of one that is not, bit for bit (on the same machine, with as many threads and ranks).
 *
 * A loss or weight that is not finite sends the run back to its last checkpoint with a lower learning rate, as often
 * as the recipe allows. Checkpoints are written of finite weights only, so the last one is always good.
 *
 * Of several ranks each computes its share of the batch; rank 0 alone evaluates, reports and writes.
 *
 * @throws PATH_EXISTS where `out` holds a run and `resume` is not set; CHECKPOINT_NOT_FOUND, CHECKPOINT_INVALID;
 *   RECIPE_INVALID_VALUE where `freeze` names what is not there; TRAIN_DIVERGED with the cause where going back did
 *   not help; TRAIN_STOPPED where the signal aborts
 */
export async function runTraining<K extends MakerConfig['kind']>(
  task: TrainingTask<K>,
  recipe: TrainingRecipe,
  options: RunOptions,
  ranks: Ranks = alone,
): Promise<RunResult> {
  await using run = new TrainingRun(task, recipe, options, ranks);
  return await run.train();
}

/** One training of one task. The loop is `train`; what its lines do stands below, in their order. */
class TrainingRun<K extends MakerConfig['kind']> {
  private readonly task: TrainingTask<K>;
  private readonly recipe: TrainingRecipe;
  private readonly options: RunOptions;
  private readonly ranks: Ranks;
  private readonly plan: RunPlan;
  private readonly state: RunState;
  private readonly report: RunReport;
  private readonly batches: Batches<BatchOf[K]>;
  private readonly update: (batch: BatchOf[K]) => StepResult;
  private isExhausted: boolean;

  constructor(task: TrainingTask<K>, recipe: TrainingRecipe, options: RunOptions, ranks: Ranks) {
    this.task = task;
    this.recipe = recipe;
    this.options = options;
    this.ranks = ranks;
    const { out, resume = false, onProgress = () => {} } = options;
    const { isFirst } = ranks;
    makeFolderSync(out);
    const plan = new RunPlan(task, recipe, ranks);
    const state = new RunState(task, recipe, plan, out);
    const report = new RunReport({ out, plan, onProgress, isFirst });
    [this.plan, this.state, this.report] = [plan, state, report];
    if (resume) state.resume();
    else {
      state.begin({ isFirst });
      // A run can be killed at any moment after this: from here on there is something to resume.
      this.save();
    }
    this.isExhausted = state.evaluations.isExhausted;
    this.update = createUpdate({ task, recipe, plan, state, ranks });
    const workers = recipe.workers === 'auto' ? autoWorkers(ownCores()) : recipe.workers;
    const [sampler, endStep] = [plan.ownSampler, plan.totalSteps];
    this.batches = new Batches(
      (startStep) => createLoader(task.maker, { sampler, startStep, endStep, workers }),
      state.stepsDone,
      (what) => report.leftOut(what),
    );
    const numParameters = state.networks.reduce((sum, network) => sum + network.numParameters(), 0);
    report.start(state.stepsDone, numParameters);
  }

  async train(): Promise<RunResult> {
    const { plan, state, report } = this;
    if (this.options.isInitialized && !this.options.resume) await this.evaluateBeforeFirstStep();

    while (!this.isOver) {
      await this.stopWhereAsked();
      const batch = await this.batches.next();
      const result = this.update(batch);
      const divergence = this.findDivergence(batch, result);
      if (divergence) {
        await this.recover(divergence);
        continue;
      }
      state.stepsDone++;
      report.step(state.stepsDone, result);
      if (plan.isEvaluated(state.stepsDone)) await this.evaluate();
      if (this.isOver || plan.isSaved(state.stepsDone)) this.save();
    }

    return this.finish();
  }

  private get isOver(): boolean {
    return this.plan.isLast(this.state.stepsDone) || this.isExhausted;
  }

  /** Fine-tuning need not help: the weights it starts from may stay the best. */
  private async evaluateBeforeFirstStep(): Promise<void> {
    if (!this.plan.evaluatesOften || !this.ranks.isFirst) return;
    await this.measure();
    // What is best so far belongs into the first checkpoint.
    this.save();
  }

  /** What makes a step worthless: a loss, or a weight that is about to be used, that is not finite on any rank. */
  private findDivergence(batch: BatchOf[K], result: StepResult): SemblanceError | null {
    const { task, plan, state } = this;
    const step = state.stepsDone + 1;
    if (!Number.isFinite(result.loss)) {
      const forward = () => task.lossOf(batch, plan.progress(state.stepsDone));
      return lossDiverged(step, result, findCause(task.modules, forward).text);
    }
    if (state.scaler && state.scaler.getScale() < 1) return gradientDiverged(step, result);
    if (!plan.isEvaluated(step) && !plan.isSaved(step)) return null;
    const weight = nonFiniteWeight(task.modules);
    return this.onAnyRank(weight !== null) ? weightDiverged(step, result, weight) : null;
  }

  /** Goes back to the last checkpoint with a lower learning rate. @throws `divergence` where it did so too often */
  private async recover(divergence: SemblanceError): Promise<void> {
    const { state, recipe } = this;
    if (state.recoveries >= recipe.recoveries) throw divergence;
    state.goBack();
    // All ranks read before the first writes.
    this.ranks.barrier();
    state.recoveries++;
    state.lrFactor *= recipe.recoveryFactor;
    this.save();
    this.report.recovery(state.stepsDone, divergence.message, state.lrFactor);
    await this.batches.goBack(state.stepsDone);
  }

  private async evaluate(): Promise<void> {
    if (this.ranks.isFirst) await this.measure();
    // Rank 0 alone knows, and all have to end together.
    this.isExhausted = this.onAnyRank(this.state.evaluations.isExhausted);
  }

  /** Measures what would be deployed on held-out data, and keeps it where it is the best so far. */
  private async measure(): Promise<void> {
    const { task, state } = this;
    for (const network of state.networks) network.eval();
    const evaluate = () => task.evaluate!((what) => this.report.leftOut(what));
    const metrics = await (state.average ? state.average.during(evaluate) : evaluate());
    if (metrics === null) {
      this.report.message(`step ${state.stepsDone}: none of the held-out photos can be used to evaluate`);
      return;
    }
    this.report.evaluation(state.stepsDone, metrics);
    if (state.evaluations.add(state.stepsDone, metrics).isBest) state.saveBest();
  }

  private save(): void {
    if (this.ranks.isFirst) this.report.checkpoint(this.state.stepsDone, this.state.save());
  }

  /** All ranks stop where one is asked to. @throws TRAIN_STOPPED */
  private async stopWhereAsked(): Promise<void> {
    const { signal } = this.options;
    const { stepsDone } = this.state;
    const { totalSteps } = this.plan;
    if (!signal) return;
    // signals of the system are heard between turns of the event loop, and batches that are ready come within one
    await turn();
    if (!this.onAnyRank(signal.aborted)) return;
    if (!this.plan.isSaved(stepsDone)) this.save();
    throw new SemblanceError(
      'TRAIN_STOPPED',
      `training was stopped after ${stepsDone} of ${totalSteps} steps; it can be resumed`,
    );
  }

  /** Gives the networks the weights that are deployed. */
  private finish(): RunResult {
    const { plan, state, report } = this;
    const { stepsDone: steps, evaluations } = state;
    if (this.isExhausted && !plan.isLast(steps)) {
      report.message(
        `${evaluations.stale} evaluations brought nothing better: the run ends at step ${steps}`,
      );
    }
    const isBestDeployed = this.recipe.deploy === 'best' && evaluations.best !== null;
    if (isBestDeployed) state.restoreBest();
    else state.average?.adopt();
    for (const network of state.networks) network.eval();
    return {
      steps,
      epochs: steps / plan.batchesPerEpoch,
      loss: report.loss,
      metrics: report.metrics,
      evaluation: isBestDeployed ? evaluations.best!.metrics : evaluations.latest,
      trainingSeconds: report.seconds,
    };
  }

  /** Whether it is so on any rank; all have to ask. */
  private onAnyRank(isSo: boolean): boolean {
    return this.ranks.mean([Number(isSo)])[0]! > 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.report.close();
    await this.batches.close();
    this.state.dispose();
  }
}

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SemblanceError } from '@semblance/face';
import { manualSeed } from '@semblance/torch';
import { autoWorkers, createLoader } from '../data/loader.ts';
import type { MakerConfig } from '../data/makers.ts';
import { mixed, sharded } from '../data/orders.ts';
import { createSampler } from '../data/sampler.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import { type CheckpointFacts, Checkpoints } from './checkpoint.ts';
import { Evaluations } from './evaluations.ts';
import { MetricsLog } from './metrics-log.ts';
import { createOptimizer } from './optimizer.ts';
import { type OnProgress, SpeedMeter } from './progress.ts';
import { alone, ownCores, type Ranks } from './ranks.ts';
import { assertSameRun } from './same-run.ts';
import { learningRate, runLength } from './schedule.ts';
import { createStep } from './step.ts';
import type { TrainingTask } from './task.ts';
import { applyFreeze } from './trainable.ts';
import { findCause, nonFiniteWeight } from './watchdog.ts';
import { WeightAverage } from './weight-average.ts';

export interface RunOptions {
  /** Folder of the run: checkpoints/ and metrics.jsonl go here. */
  out: string;
  /** Go on from the newest checkpoint in `out`. */
  resume?: boolean;
  /** The weights mean something already: they are evaluated before the first step. */
  isInitialized?: boolean;
  onProgress?: OnProgress;
  /** Aborting ends the run after the step in progress, with a checkpoint. */
  signal?: AbortSignal;
}

export interface RunResult {
  steps: number;
  epochs: number;
  /** Mean over the last steps. */
  loss: number;
  metrics: Record<string, number>;
  /** Of the weights that are deployed. */
  evaluation: Readonly<Record<string, number>> | null;
  trainingSeconds: number;
}

/**
 * The training loop that all tasks share: batch → loss → gradient → step, until the schedule ends.
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
  { out, resume = false, isInitialized = false, onProgress: report = () => {}, signal }: RunOptions,
  ranks: Ranks = alone,
): Promise<RunResult> {
  const onProgress: OnProgress = ranks.isFirst ? report : () => {};
  const order = task.order ?? (recipe.shuffleShard > 0 ? sharded(recipe.shuffleShard) : mixed);
  const sampler = createSampler(task.numImages, recipe.batchSize, recipe.seed, order);
  const ownSampler = ranks.share(sampler, recipe.batchSize);
  const { totalSteps, epochs } = runLength(recipe, task.numImages, sampler.batchesPerEpoch);
  const lrAt = learningRate(recipe, totalSteps);
  const evalSteps = task.evaluate ? Math.round(recipe.evalEpochs * sampler.batchesPerEpoch) : 0;

  mkdirSync(out, { recursive: true });
  const networks = Object.values(task.modules);
  const toTraining = applyFreeze(recipe, task.network, networks);
  const { optimizer, setLr } = createOptimizer(recipe, networks, task.backbone);
  const average = recipe.ema > 0 ? new WeightAverage(task.modules, recipe.ema) : null;
  const state = { modules: task.modules, optimizer, average };
  const checkpoints = new Checkpoints(out, recipe.keepCheckpoints);
  const evaluations = new Evaluations(recipe);
  let [start, recoveries, lrFactor] = [0, 0, 1];
  if (resume) {
    const facts = checkpoints.restore(state);
    assertSameRun(facts, {
      recipe,
      totalSteps,
      data: task.dataFingerprint,
      position: sampler.position(facts.step),
    });
    evaluations.restore(facts);
    ({ step: start, recoveries, lrFactor } = facts);
  } else {
    if (ranks.isFirst) assertFresh(out, checkpoints);
    manualSeed(recipe.seed + 1);
  }
  const factsAt = (step: number): CheckpointFacts => ({
    step,
    totalSteps,
    position: sampler.position(step),
    recipe,
    data: task.dataFingerprint,
    optimizerStep: optimizer.numSteps,
    lrs: optimizer.stateDict().lrs,
    averageUpdates: average?.numUpdates ?? 0,
    best: evaluations.best,
    stale: evaluations.stale,
    recoveries,
    lrFactor,
  });
  const checkpoint = (step: number) => {
    if (ranks.isFirst) onProgress({ kind: 'checkpoint', step, path: checkpoints.save(state, factsAt(step)) });
  };
  // A run can be killed at any moment after this: from here on there is something to resume.
  if (!resume) checkpoint(0);

  const forward = ranks.parallel(networks, (...input: Parameters<typeof task.step>) => task.step(...input));
  const openLoader = (startStep: number) =>
    createLoader(task.maker, {
      sampler: ownSampler,
      startStep,
      endStep: totalSteps,
      workers: recipe.workers === 'auto' ? autoWorkers(ownCores()) : recipe.workers,
    });
  const openLog = (step: number) => (ranks.isFirst ? new MetricsLog(join(out, 'metrics.jsonl'), step) : null);
  let log = openLog(start);
  let loader = openLoader(start);
  const numParameters = networks.reduce((sum, network) => sum + network.numParameters(), 0);
  onProgress({
    kind: 'start',
    totalSteps,
    startStep: start,
    epochs,
    numImages: task.numImages,
    numParameters,
  });
  const unreadable = new Set<string>();
  const speed = new SpeedMeter();
  const startMs = performance.now();
  const recent = { losses: [] as number[], metrics: {} as Record<string, number> };
  speed.tick();

  const train = createStep({
    task,
    recipe,
    ranks,
    forward,
    toTraining,
    optimizer,
    setLr,
    average,
    totalSteps,
  });

  /** Goes back to the last checkpoint with a lower learning rate; gives its step. */
  const recover = async (diverged: SemblanceError) => {
    if (recoveries >= recipe.recoveries) throw diverged;
    // All ranks read before the first writes.
    const facts = checkpoints.restore(state);
    ranks.barrier();
    evaluations.restore(facts);
    recoveries++;
    lrFactor *= recipe.recoveryFactor;
    checkpoint(facts.step);
    log?.close();
    log = openLog(facts.step);
    log?.write({ step: facts.step, recovery: { cause: diverged.message, lrFactor } });
    const text = `${diverged.message}; back to step ${facts.step} with lr × ${lrFactor}`;
    onProgress({ kind: 'message', text });
    await loader.close();
    loader = openLoader(facts.step);
    return facts.step;
  };

  /** Whether it is so on any rank; all have to ask. */
  const anywhere = (isSo: boolean) => ranks.mean([Number(isSo)])[0]! > 0;
  const evaluate = async (step: number) => {
    for (const network of networks) network.eval();
    const measured = await (average ? average.during(task.evaluate!) : task.evaluate!());
    log?.write({ step, evaluation: measured });
    onProgress({ kind: 'evaluation', step, metrics: measured });
    if (evaluations.add(step, measured).isBest) checkpoints.saveBest(state, factsAt(step));
  };

  let step = start;
  let isExhausted = evaluations.isExhausted;
  try {
    if (isInitialized && !resume && evalSteps > 0 && ranks.isFirst) {
      await evaluate(0);
      // What is best so far belongs into the first checkpoint.
      checkpoint(0);
    }
    while (step < totalSteps && !isExhausted) {
      const batch = await loader.next();
      for (const path of batch.unreadable) {
        if (unreadable.has(path)) continue;
        unreadable.add(path);
        onProgress({ kind: 'message', text: `${path} cannot be read and is left out` });
      }

      const lr = lrAt(step) * lrFactor;
      const { loss, metrics } = train(batch, step, lr);
      const done = step + 1;
      const isLast = done === totalSteps;
      const isEvaluated = task.evaluate && (isLast || (evalSteps > 0 && done % evalSteps === 0));
      const isSaved = isLast || done % recipe.checkpointSteps === 0;
      if (!Number.isFinite(loss)) {
        const { text } = findCause(task.modules, () => task.step(batch, step / totalSteps));
        const parts = Object.keys(metrics).filter((name) => !Number.isFinite(metrics[name]));
        const named = parts.length > 0 ? ` (${parts.join(', ')})` : '';
        step = await recover(diverged(done, lr, `the loss${named} became ${loss}`, text));
        continue;
      }
      const broken = isEvaluated || isSaved ? nonFiniteWeight(task.modules) : null;
      if ((isEvaluated || isSaved) && anywhere(broken !== null)) {
        const text = 'the step itself, or one since the last checkpoint, moved it there';
        step = await recover(diverged(done, lr, `${broken ?? 'a weight'} is not finite`, text));
        continue;
      }
      step = done;

      const epoch = sampler.position(done - 1).epoch + 1;
      const stepsPerSecond = speed.tick();
      const imagesPerSecond = stepsPerSecond * recipe.batchSize;
      log?.write({
        step: done,
        epoch,
        loss,
        lr,
        ...metrics,
        imagesPerSecond: Math.round(imagesPerSecond * 10) / 10,
      });
      recent.losses = [...recent.losses.slice(-19), loss];
      recent.metrics = metrics;
      const etaSeconds = stepsPerSecond > 0 ? (totalSteps - done) / stepsPerSecond : 0;
      onProgress({
        kind: 'step',
        step: done,
        totalSteps,
        epoch,
        epochs,
        loss,
        lr,
        metrics,
        stepsPerSecond,
        imagesPerSecond,
        etaSeconds,
      });

      if (isEvaluated) {
        if (ranks.isFirst) await evaluate(done);
        // Rank 0 alone knows, and all have to end together.
        isExhausted = anywhere(evaluations.isExhausted);
      }
      const isOver = isLast || isExhausted;
      if (isOver || isSaved) checkpoint(done);
      // All ranks stop where one is told to.
      if (signal && anywhere(signal.aborted) && !isOver) {
        if (!isSaved) checkpoint(done);
        throw new SemblanceError(
          'TRAIN_STOPPED',
          `training was stopped after ${done} of ${totalSteps} steps; it can be resumed`,
        );
      }
    }
    if (isExhausted && step < totalSteps) {
      const text = `${evaluations.stale} evaluations brought nothing better: the run ends at step ${step}`;
      onProgress({ kind: 'message', text });
    }
    const isBestDeployed = recipe.deploy === 'best' && evaluations.best !== null;
    if (isBestDeployed) checkpoints.restoreBest(task.modules);
    else average?.adopt();
    for (const network of networks) network.eval();
    const loss = recent.losses.reduce((sum, value) => sum + value, 0) / Math.max(1, recent.losses.length);
    return {
      steps: step,
      epochs: step / sampler.batchesPerEpoch,
      loss,
      metrics: recent.metrics,
      evaluation: isBestDeployed ? evaluations.best!.metrics : evaluations.latest,
      trainingSeconds: (performance.now() - startMs) / 1000,
    };
  } finally {
    log?.close();
    await loader.close();
    average?.dispose();
  }
}

function assertFresh(out: string, checkpoints: Checkpoints): void {
  if (checkpoints.steps().length === 0 && !existsSync(join(out, 'manifest.json'))) return;
  throw new SemblanceError(
    'PATH_EXISTS',
    `${out} holds a training run already: resume it, or choose another folder`,
  );
}

function diverged(step: number, lr: number, what: string, cause: string): SemblanceError {
  const message = `${what} at step ${step}: ${cause}; lower lr (now ${lr}), raise warmup or set clipNorm`;
  return new SemblanceError('TRAIN_DIVERGED', message, { details: { step, lr, cause } });
}

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SemblanceError } from '@semblance/face';
import { manualSeed, optim, scope } from '@semblance/torch';
import { autoWorkers, createLoader } from '../data/loader.ts';
import type { MakerConfig } from '../data/makers.ts';
import { createSampler } from '../data/sampler.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import { type CheckpointFacts, Checkpoints } from './checkpoint.ts';
import { MetricsLog } from './metrics-log.ts';
import { createOptimizer } from './optimizer.ts';
import { type OnProgress, SpeedMeter } from './progress.ts';
import { alone, ownCores, type Ranks } from './ranks.ts';
import { assertSameRun } from './same-run.ts';
import { learningRate, runLength } from './schedule.ts';
import type { TrainingTask } from './task.ts';

export interface RunOptions {
  /** Folder of the run: checkpoints/ and metrics.jsonl go here. */
  out: string;
  /** Go on from the newest checkpoint in `out`. */
  resume?: boolean;
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
  evaluation: Record<string, number> | null;
  trainingSeconds: number;
}

/**
 * The training loop that all tasks share: batch → loss → gradient → step, until the schedule ends.
 *
 * What happens at step k follows from recipe, data and k alone, so a run that is killed and resumed repeats the
 * loss sequence of one that is not, bit for bit (on the same machine, with as many threads and ranks).
 *
 * Of several ranks each computes its share of the batch; rank 0 alone evaluates, reports and writes.
 *
 * @throws PATH_EXISTS where `out` holds a run and `resume` is not set; CHECKPOINT_NOT_FOUND, CHECKPOINT_INVALID;
 *   TRAIN_DIVERGED where the loss is not finite; TRAIN_STOPPED where the signal aborts
 */
export async function runTraining<K extends MakerConfig['kind']>(
  task: TrainingTask<K>,
  recipe: TrainingRecipe,
  { out, resume = false, onProgress: report = () => {}, signal }: RunOptions,
  ranks: Ranks = alone,
): Promise<RunResult> {
  const onProgress: OnProgress = ranks.isFirst ? report : () => {};
  const sampler = createSampler(task.numImages, recipe.batchSize, recipe.seed, recipe.shuffleShard);
  const ownSampler = ranks.share(sampler, recipe.batchSize);
  const { totalSteps, epochs } = runLength(recipe, task.numImages, sampler.batchesPerEpoch);
  const lrAt = learningRate(recipe, totalSteps);
  const evalSteps = task.evaluate ? Math.round(recipe.evalEpochs * sampler.batchesPerEpoch) : 0;

  mkdirSync(out, { recursive: true });
  const networks = Object.values(task.modules);
  const optimizer = createOptimizer(recipe, networks);
  const state = { modules: task.modules, optimizer };
  const checkpoints = new Checkpoints(out, recipe.keepCheckpoints);
  let best: CheckpointFacts['best'] = null;
  let start = 0;
  if (resume) {
    const facts = checkpoints.restore(state);
    assertSameRun(facts, {
      recipe,
      totalSteps,
      data: task.dataFingerprint,
      position: sampler.position(facts.step),
    });
    ({ step: start, best } = facts);
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
    best,
  });
  const checkpoint = (step: number) => {
    if (ranks.isFirst) onProgress({ kind: 'checkpoint', step, path: checkpoints.save(state, factsAt(step)) });
  };
  // A run can be killed at any moment after this: from here on there is something to resume.
  if (!resume) checkpoint(0);

  const forward = ranks.parallel(networks, (...input: Parameters<typeof task.step>) => task.step(...input));

  const log = ranks.isFirst ? new MetricsLog(join(out, 'metrics.jsonl'), start) : null;
  const loader = createLoader(task.maker, {
    sampler: ownSampler,
    startStep: start,
    endStep: totalSteps,
    workers: recipe.workers === 'auto' ? autoWorkers(ownCores()) : recipe.workers,
  });
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
  let evaluation: Record<string, number> | null = null;
  speed.tick();

  try {
    for (let step = start; step < totalSteps; step++) {
      const batch = await loader.next();
      for (const path of batch.unreadable) {
        if (unreadable.has(path)) continue;
        unreadable.add(path);
        onProgress({ kind: 'message', text: `${path} cannot be read and is left out` });
      }

      const lr = lrAt(step);
      const { loss, metrics } = (() => {
        using _ = scope();
        for (const network of networks) network.train();
        const output = forward(batch, step / totalSteps);
        const names = Object.keys(output.metrics);
        const [loss, ...values] = ranks.mean([
          output.loss.item(),
          ...names.map((name) => output.metrics[name]!.item()),
        ]) as [number, ...number[]];
        if (!Number.isFinite(loss)) throw diverged(step, loss, lr);
        output.loss.backward();
        if (recipe.clipNorm > 0) optim.clipGradNorm(task.clipped.parameters(), recipe.clipNorm);
        optimizer.setLr(lr);
        optimizer.step();
        optimizer.zeroGrad();
        const metrics = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
        return { loss, metrics };
      })();

      const done = step + 1;
      const epoch = sampler.position(step).epoch + 1;
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

      const isLast = done === totalSteps;
      if (ranks.isFirst && task.evaluate && (isLast || (evalSteps > 0 && done % evalSteps === 0))) {
        for (const network of networks) network.eval();
        evaluation = await task.evaluate();
        log?.write({ step: done, evaluation });
        onProgress({ kind: 'evaluation', step: done, metrics: evaluation });
        const value = Object.values(evaluation)[0] ?? 0;
        if (!best || value > best.value) {
          best = { step: done, value };
          checkpoints.saveBest(state, factsAt(done));
        }
      }
      if (isLast || done % recipe.checkpointSteps === 0) checkpoint(done);
      // All ranks stop where one is told to.
      if (signal && ranks.mean([Number(signal.aborted)])[0]! > 0 && !isLast) {
        if (done % recipe.checkpointSteps !== 0) checkpoint(done);
        throw new SemblanceError(
          'TRAIN_STOPPED',
          `training was stopped after ${done} of ${totalSteps} steps; it can be resumed`,
        );
      }
    }
  } finally {
    log?.close();
    await loader.close();
  }
  for (const network of networks) network.eval();
  const loss = recent.losses.reduce((sum, value) => sum + value, 0) / Math.max(1, recent.losses.length);
  const trainingSeconds = (performance.now() - startMs) / 1000;
  return { steps: totalSteps, epochs, loss, metrics: recent.metrics, evaluation, trainingSeconds };
}

function assertFresh(out: string, checkpoints: Checkpoints): void {
  if (checkpoints.steps().length === 0 && !existsSync(join(out, 'manifest.json'))) return;
  throw new SemblanceError(
    'PATH_EXISTS',
    `${out} holds a training run already: resume it, or choose another folder`,
  );
}

function diverged(step: number, loss: number, lr: number): SemblanceError {
  const message = `the loss became ${loss} at step ${step + 1}: lower lr (now ${lr}), raise warmup or set clipNorm`;
  return new SemblanceError('TRAIN_DIVERGED', message, { details: { step: step + 1, lr } });
}

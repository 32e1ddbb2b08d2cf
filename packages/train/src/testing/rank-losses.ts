import { writeFileSync } from 'node:fs';
import { Random } from '@semblance/core/random';
import { fromArray, manualSeed, nn, optim, scope, type Tensor } from '@semblance/torch';
import { batchTargets } from '../detector/batch-targets.ts';
import type { MatchedTargets } from '../detector/matching.ts';
import { multiboxLoss, retinafaceWeights } from '../detector/multibox-loss.ts';
import { createHead, losses, lossNames } from '../losses/index.ts';
import { alone, joinRanks, type Ranks } from '../trainer/ranks.ts';

// For tests: a few steps under every loss, on the share of the batch that a rank has; started by a launcher it writes
// what they did to the file that it is given.

const numImages = 8;
const numSteps = 3;
const numAnchors = 12;

/** Losses by step, and the weights and running statistics after them. */
export interface Trace {
  losses: number[];
  state: Record<string, number[]>;
}

/** A rank's rows of the whole batch. */
const shareOf = <T>(rows: readonly T[], rank: number, size: number): T[] =>
  rows.slice((rank * rows.length) / size, ((rank + 1) * rows.length) / size);

function stepsOf(ranks: Ranks, modules: readonly nn.Module[], lossOf: (step: number) => Tensor): Trace {
  const parameters = modules.flatMap((module) => module.parameters());
  const optimizer = new optim.SGD([{ params: parameters }], { lr: 0.01 });
  const forward = ranks.parallel(modules, lossOf);
  const values: number[] = [];
  for (let step = 0; step < numSteps; step++) {
    using _ = scope();
    const loss = forward(step);
    values.push(ranks.mean([loss.item()])[0]!);
    loss.backward();
    optimizer.step();
    optimizer.zeroGrad();
  }
  const entries = modules.flatMap((module, i) =>
    [...module.stateDict()].map(
      ([key, tensor]) => [`${i}.${key}`, [...tensor.toArray()].map(Number)] as const,
    ),
  );
  return { losses: values, state: Object.fromEntries(entries) };
}

/** Every loss of recognition, over a linear layer in place of a backbone. */
function recognition(ranks: Ranks, rank: number, size: number): Record<string, Trace> {
  const traces: Record<string, Trace> = {};
  for (const name of lossNames) {
    for (const sampleRate of 'sampleRate' in losses[name].options.shape ? [1, 0.5] : [1]) {
      manualSeed(5);
      const options = sampleRate === 1 ? {} : { sampleRate };
      const backbone = new nn.Linear(6, 4);
      const head = createHead(name, { embeddingSize: 4, numClasses: 12 }, options);
      traces[`${name} ${sampleRate}`] = stepsOf(ranks, [backbone, head], (step) => {
        const rng = Random.of(step);
        const rows = Array.from({ length: numImages }, () =>
          Array.from({ length: 6 }, () => rng.range(-2, 2)),
        );
        // the photos of a person lie in different shares, but of two, whom only one share has
        const labels = rows.map((_, i) => BigInt((i === 7 ? 9 : i % 4) + step));
        const own = shareOf(rows, rank, size);
        const x_NC = fromArray(Float32Array.from(own.flat()), [own.length, 6]);
        head.shares = ranks.shares;
        return head.forward(
          backbone.forward(x_NC),
          fromArray(BigInt64Array.from(shareOf(labels, rank, size)), [own.length]),
        ).loss;
      });
    }
  }
  return traces;
}

class Outputs extends nn.Module {
  values = new nn.Linear(6, numAnchors * 16);
  forward(x_NC: Tensor): Tensor {
    return this.values.forward(x_NC);
  }
}

/** A detector's losses on images with very different numbers of faces: the shares have 3 and 9 positives. */
function detection(ranks: Ranks, rank: number, size: number): Record<string, Trace> {
  const matched = [0, 1, 1, 1, 4, 0, 3, 2].map((numPositives, i): MatchedTargets => {
    const rng = Random.of(7, i);
    const draw = (n: number) => Float32Array.from({ length: n }, () => rng.range(-1, 1));
    const withLandmarks = i < 6 ? [] : Array.from({ length: numPositives }, (_, p) => p);
    return {
      positives: Int32Array.from({ length: numPositives }, (_, p) => 2 * p),
      ignored: new Int32Array(0),
      boxes: draw(4 * numPositives),
      withLandmarks: Int32Array.from(withLandmarks),
      landmarks: draw(10 * withLandmarks.length),
    };
  });
  const traces: Record<string, Trace> = {};
  for (const classLoss of ['hard-negatives', 'focal']) {
    manualSeed(6);
    const network = new Outputs();
    traces[classLoss] = stepsOf(ranks, [network], (step) => {
      const rng = Random.of(step, 1);
      const rows = Array.from({ length: numImages }, () => Array.from({ length: 6 }, () => rng.range(-2, 2)));
      const own = shareOf(rows, rank, size);
      const out = network
        .forward(fromArray(Float32Array.from(own.flat()), [own.length, 6]))
        .view([own.length, numAnchors, 16]);
      const [boxes, classes, landmarks] = out.split_with_sizes([4, 2, 10], 2) as [Tensor, Tensor, Tensor];
      const raw = {
        boxes: boxes.contiguous(),
        classes: classes.contiguous(),
        landmarks: landmarks.contiguous(),
      };
      const targets = batchTargets(shareOf(matched, rank, size), numAnchors);
      return multiboxLoss(raw, targets, { ...retinafaceWeights, classLoss }, ranks.shares).loss;
    });
  }
  return traces;
}

/** What every loss does on the whole batch, or on this rank's share of it. */
export const tracesOf = (ranks: Ranks = alone, rank = 0, size = 1): Record<string, Trace> => ({
  ...recognition(ranks, rank, size),
  ...detection(ranks, rank, size),
});

const out = process.env.RANK === undefined ? undefined : process.argv[2];
if (out !== undefined) {
  const ranks = joinRanks();
  const traces = tracesOf(ranks, Number(process.env.RANK), Number(process.env.WORLD_SIZE));
  if (ranks.isFirst) writeFileSync(out, JSON.stringify(traces));
  ranks.barrier();
  ranks.leave();
}

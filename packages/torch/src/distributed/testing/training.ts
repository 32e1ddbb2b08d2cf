// Each rank trains on its half of the batches; the reports are held against one process with the whole of them.
import * as torch from '../../index.ts';
import * as dist from '../index.ts';
import { report } from './report.ts';
import {
  BATCH,
  batch,
  CLASSES,
  EMBEDDING,
  gradients,
  headWeight,
  margin,
  network,
  SCALE,
  STEPS,
  state,
} from './training-model.ts';

const { ops, optim } = torch;
const group = dist.init({ timeoutMs: 60_000 });
const { start, count } = dist.shardRange(BATCH, group.rank, group.size);
const half = (tensor: torch.Tensor) => tensor.narrow(0, start, count);

/** Data parallel with synchronised batch norm and mean-squared embeddings: three steps of SGD. */
function dataParallel(gradientAsBucketView: boolean) {
  const model = network();
  // All but rank 0 start elsewhere: wrapping takes rank 0's state.
  if (group.rank > 0) torch.noGrad(() => model.fc.weight.value.fill_(3));
  const ddp = new dist.DistributedDataParallel(dist.syncBatchNorm(model), {
    bucketBytes: 512,
    firstBucketBytes: 128,
    findUnusedParameters: true,
    gradientAsBucketView,
  });
  const sgd = new optim.SGD(ddp.parameters(), { lr: 0.1, momentum: 0.9 });
  let last: ReturnType<typeof gradients> = {};
  for (let step = 0; step < STEPS; step++) {
    using _ = torch.scope();
    sgd.zeroGrad();
    ddp
      .forward(half(batch(step).images), step % 2 === 1)
      .square()
      .mean()
      .backward();
    last = gradients(model);
    sgd.step();
  }
  const result = { gradients: last, state: state(model) };
  ddp.dispose();
  return result;
}

/** Two halves of the rank's rows, one after the other, reduced once. */
function accumulated() {
  const model = network().eval();
  const ddp = new dist.DistributedDataParallel(model);
  ddp.eval();
  const images = half(batch(0).images);
  const loss = (from: number, rows: number) =>
    ddp
      .forward(images.narrow(0, from, rows), true)
      .square()
      .mean()
      .div(2);
  ddp.noSync(() => loss(0, count / 2).backward());
  const local = gradients(model)['fc.bias'];
  loss(count / 2, count / 2).backward();
  return { local, gradients: gradients(model) };
}

/** Partial FC with a data-parallel backbone. */
function partialFC(sampleRate: number) {
  const model = network();
  const ddp = new dist.DistributedDataParallel(dist.syncBatchNorm(model));
  const head = new dist.PartialFC({
    embeddingSize: EMBEDDING,
    numClasses: CLASSES,
    sampleRate,
    margin: dist.targetMargin(SCALE, margin),
  });
  head.loadWholeWeight(headWeight());
  const { images, labels } = batch(0);
  torch.manualSeed(50 + group.rank);
  const loss = head.forward(ddp.forward(half(images), true), half(labels));
  loss.backward();
  const headGradient = dist.gatherShards(head.weight.value.grad!, CLASSES);
  return {
    loss: loss.item(),
    gradients: gradients(model),
    headGradient: [...headGradient.toArray()],
    whole: [...head.wholeWeight().toArray()],
    numLocal: head.numLocal,
    numSampled: head.numSampled,
    usedLocal: ops.linalg_vector_norm(head.weight.value.grad!, 2, [1]).gt(0).sum().item(),
  };
}

const codeOf = (fn: () => unknown) => {
  try {
    fn();
    return 'no error';
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`;
  }
};

report(group.rank, {
  dataParallel: dataParallel(false),
  bucketView: dataParallel(true),
  accumulated: accumulated(),
  partialFC: partialFC(1),
  sampled: partialFC(0.5),
  badLabel: codeOf(() =>
    new dist.PartialFC({ embeddingSize: 2, numClasses: 3 }).forward(
      torch.randn([1, 2]),
      torch.tensor([3], { dtype: 'int64' }),
    ),
  ),
  mismatch: codeOf(() => new dist.DistributedDataParallel(new torch.nn.Linear(2, 2 + group.rank))),
});

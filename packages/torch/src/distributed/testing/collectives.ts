import * as torch from '../../index.ts';
import * as dist from '../index.ts';
import { report } from './report.ts';

const group = dist.init({ timeoutMs: 30_000 });
const { rank } = group;

const list = (tensor: torch.Tensor) => Array.from(tensor.to('float64').toArray() as Float64Array);
const mine = (dtype: torch.DType) => torch.tensor([rank + 1, 10 * (rank + 1), rank], { dtype });
const codeOf = (fn: () => unknown) => {
  try {
    fn();
    return 'no error';
  } catch (error) {
    return error instanceof torch.TorchError ? `${error.code}: ${error.message}` : String(error);
  }
};

const floats = ['float32', 'float64', 'bfloat16', 'float16'] as const;
const reductions = Object.fromEntries(
  [...floats, 'int64', 'int32', 'int16', 'uint8'].map((dtype) => [
    dtype,
    Object.fromEntries(
      ['sum', 'max', 'min', ...(dtype.includes('int') ? [] : ['avg'])].map((op) => [
        op,
        list(dist.allReduce(mine(dtype as torch.DType), op as 'sum')),
      ]),
    ),
  ]),
);

// Every second column: neither contiguous nor dense.
const whole = torch.zeros([2, 4]).add(rank + 1);
const strided = whole.slice(1, 0, 4, 2);
dist.allReduce(strided);

const rows = torch
  .arange(5 * 2)
  .view([5, 2])
  .to('float32')
  .add(100 * rank);
const x = torch.tensor([[rank, 1]], { requiresGrad: true });
// Σ over ranks of (rank' + 1)·(all rows): each rank's gradient of its row is Σ (rank' + 1).
dist
  .gatherRows(x)
  .sum()
  .mul(rank + 1)
  .backward();

// Several under way at once, whose results do not mix; rank 1 joins only when rank 0's event loop has told it to.
const begun = dist.Store.file({
  path: `${process.argv[2]!}-begun`,
  numWorkers: group.size,
  timeoutMs: 30_000,
});
if (rank === 1) begun.get('the loop is free');
const waiting = [1, 2, 3, 4, 5, 6, 7, 8].map((n) =>
  dist.allReduceAsync(torch.tensor([n * (rank + 1), n], { dtype: 'float32' })),
);
const wide = torch.zeros([2, 4]).add(rank + 1);
waiting.push(dist.allReduceAsync(wide.slice(1, 0, 4, 2), 'avg'));
if (rank === 0) await new Promise<void>((resolve) => setImmediate(resolve));
if (rank === 0) begun.set('the loop is free', 'yes');
const later = (await Promise.all(waiting)).slice(0, 8).map(list);
const laterCodeOf = async (promise: Promise<unknown>): Promise<string> => {
  const [outcome] = await Promise.allSettled([promise]);
  return codeOf(() => {
    if (outcome.status === 'rejected') throw outcome.reason;
  });
};
const intAvgLater = await laterCodeOf(dist.allReduceAsync(torch.tensor([1], { dtype: 'int64' }), 'avg'));

// A group of its own: a timeout is the end of the group it happens in.
const store = dist.Store.file({ path: process.argv[2]!, numWorkers: group.size, timeoutMs: 30_000 });
const other = new dist.ProcessGroup(store, rank, group.size, 30_000);
let monitored = 'came too late';
if (rank === 0) {
  monitored = codeOf(() => dist.barrier({ timeoutMs: 300 }, other));
  store.set('late', 'go on');
} else store.get('late');
other.destroy();

const result = {
  size: group.size,
  local: dist.localRank(),
  reductions,
  strided: list(whole),
  bool: list(dist.allReduce(torch.tensor([rank === 0, false, true]), 'max')),
  scalar: dist.allReduce(torch.tensor(2.5)).item(),
  nothing: dist.allReduce(torch.empty([0, 3])).shape,
  gathered: dist.allGather(torch.tensor([rank, 7], { dtype: 'int64' })).map(list),
  gatheredBool: dist.allGather(torch.tensor([rank === 1])).map(list),
  broadcast: list(dist.broadcast(mine('int16'), 1)),
  broadcastStrided: list(dist.broadcast(torch.zeros([2, 2]).add(rank).t(), 1)),
  scattered: list(dist.reduceScatter(rows)),
  scatteredAvg: list(dist.reduceScatter(rows, 'avg')),
  scatteredMax: list(dist.reduceScatter(rows, 'max')),
  whole: list(dist.gatherShards(dist.takeShard(rows.mul(0).add(torch.arange(5).view([5, 1]))), 5)),
  gradient: list(x.grad!),
  monitored,
  intAvg: codeOf(() => dist.allReduce(torch.tensor([1], { dtype: 'int64' }), 'avg')),
  badSource: codeOf(() => dist.broadcast(torch.zeros([1]), 2)),
  twice: codeOf(() => dist.init()),
  later,
  laterStrided: list(wide),
  intAvgLater,
};
if (rank === 1) {
  // Rank 0 has no answer from us any more: what its next collective says is in its report.
  dist.destroy();
  report(rank, { ...result, after: codeOf(() => dist.allReduce(torch.zeros([1]))) });
} else {
  const lost = await laterCodeOf(dist.allReduceAsync(torch.zeros([1])));
  dist.destroy();
  report(rank, { ...result, after: lost });
}

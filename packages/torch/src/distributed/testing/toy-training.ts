// Ten steps with a checkpoint after every second; on its first attempt rank 1 is killed in the middle of step 5.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as torch from '../../index.ts';
import { loadSafetensors, saveSafetensors } from '../../safetensors/index.ts';
import * as dist from '../index.ts';
import { report } from './report.ts';

const { nn, optim } = torch;
const [dir = '', isKilled] = process.argv.slice(2);
const group = dist.init({ timeoutMs: 60_000 });
const checkpoint = join(dir, 'checkpoint.safetensors');

torch.manualSeed(1);
const model = new nn.Sequential(new nn.Linear(4, 8), new nn.PReLU(), new nn.Linear(8, 2));
const sgd = new optim.SGD(model.parameters(), { lr: 0.05, momentum: 0.9 });
let step = 0;
if (existsSync(checkpoint)) {
  const { tensors, metadata } = loadSafetensors(checkpoint);
  step = Number(metadata.step);
  const part = (prefix: string) =>
    new Map(
      [...tensors].flatMap(([name, t]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), t]] : [])),
    );
  model.loadStateDict(part('model.'));
  sgd.loadStateDict({ tensors: part('sgd.'), step, lrs: [0.05] });
}
const resumedAt = step;
const ddp = new dist.DistributedDataParallel(model);
while (step < 10) {
  using _ = torch.scope();
  torch.manualSeed(1000 + step);
  const x = torch.randn([6, 4]);
  const mine = x.narrow(0, 3 * group.rank, 3);
  sgd.zeroGrad();
  const loss = ddp.forward(mine).sub(1).square().mean();
  if (isKilled && step === 5 && group.rank === 1 && process.env.TORCHELASTIC_RESTART_COUNT === '0')
    process.kill(process.pid, 'SIGKILL');
  loss.backward();
  sgd.step();
  step++;
  if (step % 2 === 0 && group.rank === 0) {
    const named = (prefix: string, state: Map<string, torch.Tensor>) =>
      [...state].map(([name, tensor]) => [prefix + name, tensor] as const);
    saveSafetensors(
      checkpoint,
      new Map([...named('model.', model.stateDict()), ...named('sgd.', sgd.stateDict().tensors)]),
      { step: String(step) },
    );
  }
}
report(group.rank, {
  resumedAt,
  weights: [...model.stateDict().values()].flatMap((tensor) => [...tensor.toArray()]),
});
dist.destroy();

/** What one small operator costs from here: nanoseconds on 4 numbers, without autograd, scope and freeing included. */
import { configure, noGrad, ones, ops, scope } from '@semblance/torch';

const callsPerScope = 500;

function nanoseconds(fn: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 9; round++) {
    const begin = performance.now();
    for (let i = 0; i < 200; i++) {
      using _ = scope();
      for (let call = 0; call < callsPerScope; call++) fn();
    }
    best = Math.min(best, ((performance.now() - begin) * 1e6) / (200 * callsPerScope));
  }
  return Math.round(best);
}

configure({ threads: 1 });
noGrad(() => {
  const a = ones([4]);
  const b = ones([4]);
  const timed = {
    add: nanoseconds(() => ops.add(a, b)),
    relu: nanoseconds(() => ops.relu(a)),
    add_: nanoseconds(() => a.add_(b)),
  };
  console.log(JSON.stringify(timed));
});

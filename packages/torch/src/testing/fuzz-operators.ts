/**
 * Calls every operator with random small arguments: each call gives a result or throws a TorchError.
 *
 *   node fuzz-operators.ts SEED FIRST CALLS FILE
 *
 * FILE always holds the number of the operator under way, so that whoever started this knows which one ended it. The
 * last line of stdout counts what happened.
 */
import { openSync, writeSync } from 'node:fs';
import { mulberry32, Random } from '@semblance/core/random';
import { callOp, findOp } from '../dispatch.ts';
import { TorchError } from '../error.ts';
import { native } from '../native.ts';
import '../ops.ts';
import { configure, manualSeed } from '../runtime.ts';
import { scope } from '../scope.ts';
import { randomArgument } from './fuzz-arguments.ts';

const [seed, first, calls] = process.argv.slice(2, 5).map(Number) as [number, number, number];
const progress = openSync(process.argv[5]!, 'w');
configure({ threads: 1 });

const names = native
  .listOps()
  .filter((name) => name.startsWith('aten::'))
  .sort();
const counts = { operators: names.length, results: 0, refusals: 0, accepted: 0 };
const strangers: string[] = [];
for (let i = first; i < names.length; i++) {
  const name = names[i]!;
  writeSync(progress, `${i} ${name}`.padEnd(120), 0);
  const op = findOp(name);
  let hasResult = false;
  for (let call = 0; call < calls; call++) {
    // The same for an operator wherever the run began.
    const callSeed = seed * 1_000_003 + i * 101 + call;
    const rng = new Random(callSeed, mulberry32(callSeed));
    manualSeed(seed);
    using _ = scope();
    const args = op.args.map((arg) => randomArgument(arg, rng, call % 4 === 3 ? 0.3 : 0));
    try {
      callOp(op, args);
      counts.results++;
      hasResult = true;
    } catch (error) {
      if (error instanceof TorchError) counts.refusals++;
      else strangers.push(`${name}: ${error}`);
    }
  }
  if (hasResult) counts.accepted++;
}
writeSync(progress, 'done'.padEnd(120), 0);
console.log(JSON.stringify({ ...counts, strangers: strangers.slice(0, 20) }));
process.exit(0);

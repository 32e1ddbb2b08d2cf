/**
 * Where the time of a function went, operator by operator.
 *
 * @module
 */

import { type Interceptor, type Op, withInterceptor } from '../dispatch.ts';
import { guarded, TorchError } from '../error.ts';
import { native } from '../native.ts';
import { writeFileAtomically } from '../safetensors/atomic-file.ts';
import { Tensor } from '../tensor.ts';
import { chromeTrace, type OperatorTime, operatorTable, sumByOperator, type TimedEvent } from './events.ts';

export type { OperatorTime } from './events.ts';

export interface ProfileOptions {
  /** Where to write a Chrome trace (JSON), for chrome://tracing or ui.perfetto.dev. */
  trace?: string;
}

export interface Profile<T> {
  /** What the profiled function returned. */
  result: T;
  /** Time of the whole function. */
  wallMs: number;
  /** Operators and gradient nodes, the one that took most time by itself first. */
  operators: OperatorTime[];
  /** The first `numRows` of them as text. */
  table(numRows?: number): string;
}

/**
 * Runs `fn` and says where its time went: a row for each operator that was called and for each gradient node that
 * `backward` ran, with calls, time and the memory of new results.
 *
 * Time of JavaScript between the operators is in `wallMs` alone. Timing costs a few microseconds a call.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for a function that is not synchronous; FILE_UNWRITABLE
 * @example
 * ```ts
 * import { nn, randn } from '@semblance/torch';
 * import { profile } from '@semblance/torch/profiler';
 *
 * const model = new nn.Linear(64, 64);
 * const { table } = profile(() => model.forward(randn([8, 64])).sum().backward(), { trace: 'step.json' });
 * ```
 */
export function profile<T>(fn: () => T, { trace }: ProfileOptions = {}): Profile<T> {
  const timer = new Timer();
  guarded(() => native.recordBackward());
  const startNs = nowNs();
  let endNs = startNs;
  let result: T;
  let nodes: ReturnType<typeof native.backwardRecorded> = [];
  try {
    result = withInterceptor(timer, fn);
    endNs = nowNs();
  } finally {
    nodes = native.backwardRecorded();
  }
  if (result instanceof Promise) {
    // Its fate is nobody's concern any more.
    result.catch(() => {});
    throw new TorchError('TORCH_BAD_ARGUMENT', 'profile(): a synchronous function was expected');
  }
  const gradients = nodes.map(
    ([name, start, end]): TimedEvent => ({
      name: name.replace(/^torch::autograd::/, ''),
      kind: 'gradient',
      startNs: start,
      endNs: end,
      bytes: 0,
      inputs: [],
    }),
  );
  const events = [...timer.events, ...gradients];
  if (trace !== undefined) {
    const text = JSON.stringify(chromeTrace(events, startNs));
    writeFileAtomically(trace, (append) => append(Buffer.from(text)));
  }
  const operators = sumByOperator(events);
  const wallMs = (endNs - startNs) / 1e6;
  return {
    result,
    wallMs,
    operators,
    table: (numRows = 20) => operatorTable(operators.slice(0, numRows), wallMs),
  };
}

const nowNs = () => Number(process.hrtime.bigint());

interface OpenCall {
  op: Op;
  bytesBefore: number;
  startNs: number;
}

/** Times each call that passes the seam. */
class Timer implements Interceptor {
  readonly events: TimedEvent[] = [];
  private readonly open: OpenCall[] = [];

  before(op: Op): void {
    this.open.push({ op, bytesBefore: native.memory().bytes, startNs: nowNs() });
  }

  after(_name: string, args: unknown[], _outputs: Tensor[], op: Op): void {
    const endNs = nowNs();
    // A call that threw has left its beginning behind.
    let call = this.open.pop();
    while (call && call.op !== op) call = this.open.pop();
    if (!call) return;
    this.events.push({
      name: op.name,
      kind: 'operator',
      startNs: call.startNs,
      endNs,
      bytes: Math.max(0, native.memory().bytes - call.bytesBefore),
      inputs: args.flat().flatMap((arg) => (arg instanceof Tensor ? `${arg.dtype}[${arg.shape}]` : [])),
    });
  }
}

import { SemblanceError } from '../error.ts';
import type { Network } from './network.ts';
import { Runner } from './runner.ts';

/** Networks up to this size are copied for each runner; larger ones have matrices that keep several threads busy. */
const MOST_BYTES_TO_COPY = 32 * 2 ** 20;
/** Beyond so many, the thread that prepares inputs and reads outputs is what all wait for. */
const MOST_RUNNERS = 4;

export interface RunnerPlan {
  /** Runs that go on at a time. */
  count: number;
  /** Threads within one run. */
  threads: number;
}

/** How many runners a network of so many bytes gets on so many cores, and how many threads each. */
export function planRunners(
  sizeBytes: number,
  cores: number,
  { runners, threads }: { runners: number | 'auto'; threads?: number },
): RunnerPlan {
  const most = sizeBytes <= MOST_BYTES_TO_COPY ? Math.min(cores, MOST_RUNNERS) : 1;
  const count = runners === 'auto' ? most : runners;
  return { count, threads: threads ?? Math.max(1, Math.floor(cores / count)) };
}

/**
 * A network that runs in threads of its own, several runs at a time, each thread with a copy of it.
 *
 * ONNX Runtime's binding blocks the thread that calls it; here the caller's stays free. And as many runs with one thread
 * each do more than one run with that many: within a run, threads wait for each other after every operator. Inputs from
 * `allocate` and all outputs cross without being copied. A thread that has ended, for want of memory say, fails the run it
 * had in work; the next run starts another.
 *
 * @param start how a thread is started
 * @throws SemblanceError MODEL_INVALID as `openSession` does.
 */
export async function openRunners(
  bytes: Uint8Array,
  { count, threads }: RunnerPlan,
  start: typeof Runner.start = Runner.start,
): Promise<Network> {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const startOne = () => start({ bytes: shared, threads });
  const runners = await startAll(count, startOne);
  const idle = [...runners];
  const waiting: ((runner: Runner) => void)[] = [];
  let isOpen = true;

  const take = async () => idle.pop() ?? new Promise<Runner>((resolve) => waiting.push(resolve));
  const giveBack = (runner: Runner): void => {
    const next = waiting.shift();
    if (next) next(runner);
    else idle.push(runner);
  };

  async function infer(data: Float32Array, shape: number[]) {
    if (!isOpen) throw new SemblanceError('MODEL_CLOSED');
    let runner = await take();
    try {
      if (runner.hasEnded) runner = await startOne();
      return await runner.run(data, shape);
    } finally {
      giveBack(runner);
    }
  }

  return {
    inputs: runners[0]!.inputs,
    outputs: runners[0]!.outputs,
    runsAtOnce: count,
    allocate: (length) => new Float32Array(new SharedArrayBuffer(4 * length)),
    infer,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      // Runs that were asked for before come first.
      for (const _ of runners) await (await take()).close();
    },
  };
}

/** Starts so many; none is left running if one fails. */
async function startAll(count: number, start: () => Promise<Runner>): Promise<Runner[]> {
  const results = await Promise.allSettled(Array.from({ length: count }, start));
  const runners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = results.find((result) => result.status === 'rejected');
  if (!failed) return runners;
  await Promise.all(runners.map((runner) => runner.close()));
  throw failed.reason;
}

import { callOpInBackground, type DivertedCall, withDiversion } from './dispatch.ts';
import { asTorchError, TorchError } from './error.ts';
import { native } from './native.ts';
import { keepsModes } from './synchronous.ts';
import { type BackwardOptions, backwardArguments, type Tensor } from './tensor.ts';

const misuse = (message: string) => new TorchError('TORCH_BAD_ARGUMENT', `run(): ${message}`);

/** Stands for a result that is not there yet; whoever looks inside is told so. */
const pending = (): object =>
  new Proxy(
    {},
    {
      get() {
        throw misuse('a result is used before it is computed: await it first');
      },
    },
  );

/**
 * Calls one operator in another thread: the event loop stays free, the result comes as a promise.
 *
 * What is asked for first is done first, so operators that write in place keep their order. The modes around the call
 * (noGrad, autocast, …) hold for the work. Arguments may be disposed at once; writing to them before the promise is
 * settled is a race. Results belong to no scope: dispose of them.
 *
 * @param fn returns what one operator returns, and does nothing else
 * @throws (rejects) TorchError as the operator itself would; TORCH_BAD_ARGUMENT where `fn` is not one operator call
 * @example
 * ```ts
 * import { randn, run } from '@semblance/torch';
 *
 * const [embeddings, gallery] = [randn([8, 512]), randn([512, 1000])];
 * const scores = await run(() => embeddings.matmul(gallery));
 * console.log(scores.shape); // [ 8, 1000 ]
 * scores.dispose();
 * ```
 */
export function run<T>(fn: () => T): Promise<Awaited<T>> {
  return keepsModes(divertOne(fn));
}

async function divertOne<T>(fn: () => T): Promise<Awaited<T>> {
  let call: DivertedCall | undefined;
  const token = pending();
  const returned = withDiversion((diverted) => {
    if (call) throw misuse('a function of one operator call was expected, and this one makes more');
    call = diverted;
    return token;
  }, fn);
  if (!call || (returned as unknown) !== token) {
    // Nobody else sees what this promise says.
    if ((returned as unknown) !== token && returned instanceof Promise) returned.catch(() => {});
    throw misuse('a function that returns what one operator returns was expected');
  }
  return (await callOpInBackground(call)) as Awaited<T>;
}

/**
 * `tensor.backward()` in another thread, in one line with what {@link run} does.
 *
 * Hooks and custom functions written in JavaScript cannot run there: a graph that has them is refused.
 *
 * @throws (rejects) TorchError as `backward` would; TORCH_BAD_ARGUMENT for a graph with such hooks or functions
 * @example
 * ```ts
 * import { runBackward, tensor } from '@semblance/torch';
 *
 * const x = tensor([1, 2], { requiresGrad: true });
 * await runBackward(x.pow(2).sum());
 * console.log(x.grad?.toArray()); // Float32Array(2) [ 2, 4 ]
 * ```
 */
export function runBackward(tensor: Tensor, gradient?: Tensor, options: BackwardOptions = {}): Promise<void> {
  return keepsModes(backwardInBackground(tensor, gradient, options));
}

async function backwardInBackground(
  tensor: Tensor,
  gradient: Tensor | undefined,
  options: BackwardOptions,
): Promise<void> {
  try {
    await native.backwardInBackground(...backwardArguments(tensor, gradient, options));
  } catch (error) {
    throw asTorchError(error);
  }
}

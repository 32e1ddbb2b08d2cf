import { availableParallelism } from 'node:os';
import { SemblanceError } from '../error.ts';
import { type Network, openNetwork } from './network.ts';
import { readOnnxFacts } from './onnx-facts.ts';
import { openRunners, planRunners } from './runners.ts';

export interface SessionOptions {
  /** Threads within one run: as many as the machine runs at once, divided by the runners, if not given. */
  threads?: number;
  /**
   * Runs that go on at a time, each in a thread of its own: for many pictures under way at once, or many faces. 'auto':
   * one for each core, and one alone with all cores' threads for a large network. Not given: runs go one after the other
   * in the caller's thread, which they block, each on all cores: the least time for one run, and no start-up.
   */
  runners?: number | 'auto';
}

/** A network ready to run. */
export interface Session extends Omit<Network, 'infer'>, AsyncDisposable {
  /** Runs on one input; gives the outputs by name. The input may be changed again once it is done. */
  run(data: Float32Array, shape: number[]): Promise<Record<string, Float32Array>>;
}

/** A network that also tells the shapes of its outputs. */
export interface ShapedSession extends Session, Network {}

/**
 * Opens an ONNX model from its bytes: nothing outside of them is ever read.
 *
 * @throws SemblanceError MODEL_INVALID if it is no ONNX model, needs operators that are not there, keeps
 * weights in other files, or does not take exactly one input; USAGE_INVALID_VALUE; TELEMETRY_NOT_OFF in a worker thread
 * of a process whose main thread has not imported this package.
 */
export async function openSession(bytes: Uint8Array, options: SessionOptions = {}): Promise<ShapedSession> {
  if (readOnnxFacts(bytes).hasExternalData) {
    throw new SemblanceError(
      'MODEL_INVALID',
      'the model stores its weights in separate files, which are not supported',
    );
  }
  const { runners, threads } = options;
  if (runners !== undefined && runners !== 'auto' && !(Number.isInteger(runners) && runners >= 1)) {
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `Expected a number of runners from 1, or 'auto', but received ${runners}`,
    );
  }
  const cores = availableParallelism();
  const network: Network =
    runners === undefined
      ? await openNetwork(bytes, threads ?? cores)
      : await openRunners(
          bytes,
          planRunners(bytes.length, cores, { runners, ...(threads === undefined ? {} : { threads }) }),
        );
  return {
    ...network,
    async run(data, shape) {
      return Object.fromEntries((await network.infer(data, shape)).map(({ name, data }) => [name, data]));
    },
    [Symbol.asyncDispose]: () => network.close(),
  };
}

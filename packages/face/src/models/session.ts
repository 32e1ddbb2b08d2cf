import { availableParallelism } from 'node:os';
import type { InferenceSession } from 'onnxruntime-node';
import { SemblanceError } from '../error.ts';
import { readOnnxFacts } from './onnx-file.ts';
import { loadOnnxRuntime } from './onnx-runtime.ts';
import { openRunners, planRunners } from './runners.ts';

/** Name and shape of an input or output; null where any size will do. */
export interface Port {
  name: string;
  shape: (number | null)[];
}

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

/** An output of a run. */
export interface OutputTensor {
  name: string;
  shape: number[];
  data: Float32Array;
}

/** A network ready to run on float32 tensors. */
export interface Session {
  inputs: Port[];
  outputs: Port[];
  /** Runs that go on at a time; more are queued. */
  readonly runsAtOnce: number;
  /** Memory for an input of so many values that a run takes as it stands; any other array will do, at a copy. */
  allocate(length: number): Float32Array;
  /** Runs on one input; gives the outputs by name. The input may be changed again once it is done. */
  run(data: Float32Array, shape: number[]): Promise<Record<string, Float32Array>>;
  dispose(): Promise<void>;
}

/** A network that also tells the shapes of its outputs. */
export interface ShapedSession extends Session {
  /** Like `run`: the outputs in the network's order. */
  infer(data: Float32Array, shape: number[]): Promise<OutputTensor[]>;
}

/** What opens a network gives; `openSession` adds the names. */
export type OpenedNetwork = Omit<ShapedSession, 'run'>;

/**
 * Opens an ONNX model from its bytes: nothing outside of them is ever read.
 *
 * @throws SemblanceError MODEL_INVALID if it is no ONNX model, needs operators that are not there, keeps
 * weights in other files, or does not take exactly one input; USAGE_INVALID_VALUE; TELEMETRY_NOT_OFF in a worker thread
 * of a process whose main thread has not imported this package.
 */
export async function openSession(bytes: Uint8Array, options: SessionOptions = {}): Promise<ShapedSession> {
  if (readOnnxFacts(bytes).hasExternalData) {
    throw new SemblanceError('MODEL_INVALID', 'the model keeps weights in other files, which are not read');
  }
  const { runners, threads } = options;
  if (runners !== undefined && runners !== 'auto' && !(Number.isInteger(runners) && runners >= 1)) {
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `Expected a number of runners from 1, or 'auto', but received ${runners}`,
    );
  }
  const cores = availableParallelism();
  const network =
    runners === undefined
      ? await openHere(bytes, threads ?? cores)
      : await openRunners(
          bytes,
          planRunners(bytes.length, cores, { runners, ...(threads === undefined ? {} : { threads }) }),
        );
  return {
    ...network,
    async run(data, shape) {
      return Object.fromEntries((await network.infer(data, shape)).map(({ name, data }) => [name, data]));
    },
  };
}

/** Opens a model whose runs block the calling thread. */
async function openHere(bytes: Uint8Array, threads: number): Promise<OpenedNetwork> {
  const ort = await loadOnnxRuntime();
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(bytes, {
      // Models made elsewhere warn by the hundred.
      logSeverityLevel: 3,
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // Threads that wait by spinning take the cores from the next session: a detector and a recognizer in turn took
      // twice as long (22.8 ms a run against 12.3; alone 10.9 against 12.8).
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (cause) {
    throw new SemblanceError('MODEL_INVALID', `the model cannot be loaded: ${firstLine(cause)}`, { cause });
  }
  if (session.inputNames.length !== 1) {
    const message = `Expected a model with one input but received one with ${session.inputNames.length}`;
    throw new SemblanceError('MODEL_INVALID', message);
  }
  const inputName = session.inputNames[0]!;
  let isOpen = true;

  async function infer(data: Float32Array, shape: number[]): Promise<OutputTensor[]> {
    if (!isOpen) throw new SemblanceError('MODEL_CLOSED');
    let results: InferenceSession.ReturnType;
    try {
      results = await session.run({ [inputName]: new ort.Tensor('float32', data, shape) });
    } catch (cause) {
      const message = `the model failed on an input of ${shape.join(' × ')}: ${firstLine(cause)}`;
      throw new SemblanceError('MODEL_INVALID', message, { cause });
    }
    return session.outputNames.map((name) => {
      const tensor = results[name]!;
      return { name, shape: [...tensor.dims], data: tensor.data as Float32Array };
    });
  }

  return {
    inputs: session.inputMetadata.map(toPort),
    outputs: session.outputMetadata.map(toPort),
    runsAtOnce: 1,
    allocate: (length) => new Float32Array(length),
    infer,
    async dispose() {
      if (!isOpen) return;
      isOpen = false;
      await session.release();
    },
  };
}

function toPort(metadata: InferenceSession.ValueMetadata): Port {
  const shape = metadata.isTensor ? metadata.shape : [];
  return { name: metadata.name, shape: shape.map((size) => (typeof size === 'number' ? size : null)) };
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0]!;
}

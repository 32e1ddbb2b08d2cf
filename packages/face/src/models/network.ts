import type { InferenceSession } from 'onnxruntime-node';
import { SemblanceError } from '../error.ts';
import { loadOnnxRuntime } from './onnx-runtime.ts';

/** Name and shape of an input or output; null where any size will do. */
export interface Port {
  name: string;
  shape: (number | null)[];
}

/** An output of a run. */
export interface OutputTensor {
  name: string;
  shape: number[];
  data: Float32Array;
}

/** A network that takes float32 tensors. */
export interface Network {
  inputs: Port[];
  outputs: Port[];
  /** Runs that go on at a time; more are queued. */
  readonly runsAtOnce: number;
  /** Memory for an input of so many values that a run takes as it stands; any other array will do, at a copy. */
  allocate(length: number): Float32Array;
  /** Runs on one input; gives the outputs in the network's order. The input may be changed again once it is done. */
  infer(data: Float32Array, shape: number[]): Promise<OutputTensor[]>;
  close(): Promise<void>;
}

/**
 * Opens a model whose runs block the calling thread.
 *
 * @param threads within one run.
 * @throws SemblanceError MODEL_INVALID; TELEMETRY_NOT_OFF.
 */
export async function openNetwork(bytes: Uint8Array, threads: number): Promise<Network> {
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
    async close() {
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

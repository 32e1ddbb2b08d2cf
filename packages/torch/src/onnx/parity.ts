import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { TorchError } from '../error.ts';
import type { DType, Tensor, TypedArray } from '../tensor.ts';
import { loadOnnxRuntime, type OnnxRuntime } from './onnx-runtime.ts';

/** A tensor's content outside of libtorch: it outlives every scope. */
export interface HostTensor {
  dtype: DType;
  shape: readonly number[];
  data: TypedArray;
}

export const toHost = (tensor: Tensor): HostTensor => ({
  dtype: tensor.dtype,
  shape: tensor.shape,
  data: tensor.toArray(),
});

export interface ParityCase {
  inputs: HostTensor[];
  /** What the module computes from them. */
  expected: HostTensor[];
}

export interface ParityResult {
  /** Largest difference of any element of any output. */
  maxAbsDiff: number;
  /** The same, relative to the largest magnitude in that output. */
  maxRelDiff: number;
}

/**
 * Runs an ONNX file on inputs whose results are known: max|y − ŷ| / max|y| per output must be at most `tolerance`.
 *
 * @throws TorchError EXPORT_PARITY_FAILED, EXPORT_RUNTIME_MISSING, TELEMETRY_NOT_OFF
 */
export async function checkParity(
  model: Uint8Array,
  cases: readonly ParityCase[],
  names: { inputs: readonly string[]; outputs: readonly string[] },
  tolerance: number,
): Promise<ParityResult> {
  const ort = await loadOnnxRuntime();
  const result: ParityResult = { maxAbsDiff: 0, maxRelDiff: 0 };
  let session: InferenceSession | undefined;
  try {
    session = await ort.InferenceSession.create(model, { logSeverityLevel: 3 });
    for (const { inputs, expected } of cases) {
      const feeds = Object.fromEntries(inputs.map((tensor, i) => [names.inputs[i]!, toOrt(ort, tensor)]));
      const outputs = await session.run(feeds);
      expected.forEach((tensor, i) => {
        const name = names.outputs[i]!;
        const { maxAbsDiff, maxRelDiff } = compare(name, tensor, outputs[name]!);
        result.maxAbsDiff = Math.max(result.maxAbsDiff, maxAbsDiff);
        result.maxRelDiff = Math.max(result.maxRelDiff, maxRelDiff);
        if (!(maxRelDiff <= tolerance)) throw tooFar(name, inputs, maxAbsDiff, maxRelDiff, tolerance);
      });
    }
  } catch (cause) {
    if (cause instanceof TorchError) throw cause;
    throw new TorchError(
      'EXPORT_PARITY_FAILED',
      `ONNX Runtime refuses the exported file: ${(cause as Error).message}`,
      { cause },
    );
  } finally {
    await session?.release();
  }
  return result;
}

function tooFar(name: string, inputs: HostTensor[], abs: number, rel: number, tolerance: number): TorchError {
  const shapes = inputs.map((t) => `[${t.shape}]`).join(', ');
  const numbers = `differs by up to ${abs.toExponential(2)}, ${rel.toExponential(2)} of its largest value`;
  return new TorchError(
    'EXPORT_PARITY_FAILED',
    `${name} for inputs ${shapes} ${numbers}; ${tolerance} is accepted`,
  );
}

const ortTypes: Partial<Record<DType, OrtTensor.Type>> = {
  float32: 'float32',
  float64: 'float64',
  float16: 'float16',
  int64: 'int64',
  int32: 'int32',
  int16: 'int16',
  int8: 'int8',
  uint8: 'uint8',
  bool: 'bool',
};

function toOrt(ort: OnnxRuntime, tensor: HostTensor): OrtTensor {
  const type = ortTypes[tensor.dtype];
  if (!type) throw new TorchError('EXPORT_INVALID', `${tensor.dtype} inputs cannot be checked`);
  return new ort.Tensor(type, tensor.data as never, tensor.shape);
}

function compare(name: string, expected: HostTensor, got: OrtTensor): ParityResult {
  if (String(expected.shape) !== String(got.dims)) {
    throw new TorchError(
      'EXPORT_PARITY_FAILED',
      `${name} is [${got.dims}] where the module gives [${expected.shape}]`,
    );
  }
  const a = numbersOf(expected.data, expected.dtype);
  const b = numbersOf(got.data as TypedArray, got.type);
  let [maxAbsDiff, largest] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [Number(a[i]), Number(b[i])];
    if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x));
    const difference = Object.is(x, y) || x === y ? 0 : Math.abs(x - y);
    // A NaN on one side only must not pass as "not larger".
    maxAbsDiff = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(maxAbsDiff, difference);
  }
  return { maxAbsDiff, maxRelDiff: maxAbsDiff === 0 ? 0 : maxAbsDiff / Math.max(largest, 1e-12) };
}

/** 16-bit floats come as their bits. */
function numbersOf(data: TypedArray, type: string): ArrayLike<number | bigint> {
  if (type !== 'float16' || !(data instanceof Uint16Array)) return data;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from(data, (_, i) => view.getFloat16(2 * i, true));
}

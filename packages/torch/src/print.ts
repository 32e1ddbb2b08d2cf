import { arrayOf, type DType } from './dtype.ts';
import { native } from './native.ts';
import { decodeElements, type Element, numberFormat } from './number-format.ts';
import { Tensor } from './tensor.ts';

const LINE_WIDTH = 80;
/** Above this many elements only the ends of each dimension are shown. */
const THRESHOLD = 1000;
const EDGE = 3;
const OPENING = 'tensor(';

/** Elements in row-major order, those in the middle left out where `isSummary`. */
interface Shown {
  values: Element[];
  /** Sizes of what is shown. */
  sizes: number[];
}

/**
 * A tensor as PyTorch prints it, with its shape and dtype at the end. It computes nothing that autograd or a profile
 * would see, and reads no more than it shows.
 *
 * @example tensor([[1., 2.], [3., 4.]], shape=[2, 2], dtype=float32)
 */
export function printTensor(tensor: Tensor): string {
  if (tensor.isDisposed) return 'tensor(disposed)';
  const { shape, dtype, device, requiresGrad } = tensor;
  const facts = [`shape=[${shape.join(', ')}]`, `dtype=${dtype}`];
  if (device !== 'cpu') facts.push(`device=${device}`);
  if (requiresGrad) facts.push('requiresGrad=true');
  return withFacts(OPENING + valuesText(tensor, shape, dtype), facts);
}

function valuesText(tensor: Tensor, shape: readonly number[], dtype: DType): string {
  if (!(dtype in arrayOf)) return '…';
  if (tensor.numel === 0) return '[]';
  const isSummary = tensor.numel > THRESHOLD;
  const { values, sizes } = read(tensor, shape, dtype, isSummary);
  const { width, format } = numberFormat(values, dtype);
  const layout = new Layout(values.map(format), width, shape, sizes, isSummary);
  return layout.text(0, 0, OPENING.length);
}

/** Facts after the values, on a new line where the last one is full. */
function withFacts(start: string, facts: readonly string[]): string {
  let text = start;
  for (const fact of facts) {
    const lastLine = text.length - (text.lastIndexOf('\n') + 1);
    text += lastLine + fact.length + 3 > LINE_WIDTH ? `,\n${' '.repeat(OPENING.length)}${fact}` : `, ${fact}`;
  }
  return `${text})`;
}

// The ends of a dimension of n are the places a·(n − 3) + b for a in 0, 1 and b in 0, 1, 2: a view with two strides.
function read(tensor: Tensor, shape: readonly number[], dtype: DType, isSummary: boolean): Shown {
  const handle = Tensor.handleOf(tensor);
  const { strides } = tensor;
  const isCut = (size: number) => isSummary && size > 2 * EDGE;
  const sizes = shape.map((size) => (isCut(size) ? 2 * EDGE : size));
  let bytes: ArrayBuffer;
  if (!isSummary) bytes = native.toBytes(handle);
  else {
    const viewSizes = shape.flatMap((size) => (isCut(size) ? [2, EDGE] : [size]));
    const viewStrides = strides.flatMap((step, d) =>
      isCut(shape[d]!) ? [(shape[d]! - EDGE) * step, step] : [step],
    );
    bytes = bytesOfView(handle, viewSizes, viewStrides);
  }
  return { values: decodeElements(bytes, dtype), sizes };
}

function bytesOfView(handle: number, sizes: number[], strides: number[]): ArrayBuffer {
  // Past the dispatcher of this package, whose interceptors must not see it.
  const before = native.setGradEnabled(false);
  try {
    const view = native.call(native.findOp('aten::as_strided', ''), handle, sizes, strides) as number;
    try {
      return native.toBytes(view);
    } finally {
      native.free(view);
    }
  } finally {
    native.setGradEnabled(before);
  }
}

/** Nested brackets: rows broken into lines, blank lines between matrices, as in PyTorch. */
class Layout {
  readonly #texts: readonly string[];
  readonly #shape: readonly number[];
  readonly #sizes: readonly number[];
  readonly #isSummary: boolean;
  readonly #perLine: number;

  constructor(
    texts: readonly string[],
    width: number,
    shape: readonly number[],
    sizes: readonly number[],
    isSummary: boolean,
  ) {
    this.#texts = texts;
    this.#shape = shape;
    this.#sizes = sizes;
    this.#isSummary = isSummary;
    const room = LINE_WIDTH - (OPENING.length + Math.max(0, shape.length - 1));
    this.#perLine = Math.max(1, Math.floor(room / (width + 2)));
  }

  /** What lies from place `at` on, in dimension `dim`, `indent` columns from the left. */
  text(dim: number, at: number, indent: number): string {
    const size = this.#sizes[dim];
    if (size === undefined) return this.#texts[at]!;
    const step = this.#sizes.slice(dim + 1).reduce((n, one) => n * one, 1);
    const parts = Array.from({ length: size }, (_, i) => this.text(dim + 1, at + i * step, indent + 1));
    const isRow = dim === this.#sizes.length - 1;
    if (this.#isSummary && this.#shape[dim]! > 2 * EDGE) parts.splice(EDGE, 0, isRow ? ' ...' : '...');
    const newLine = `\n${' '.repeat(indent + 1)}`;
    if (isRow) return `[${chunks(parts, this.#perLine).join(`,${newLine}`)}]`;
    const blank = '\n'.repeat(this.#sizes.length - dim - 2);
    return `[${parts.join(`,${blank}${newLine}`)}]`;
  }
}

const chunks = (parts: readonly string[], size: number): string[] =>
  Array.from({ length: Math.ceil(parts.length / size) }, (_, i) =>
    parts.slice(i * size, (i + 1) * size).join(', '),
  );

import { TorchError } from '../error.ts';
import { dtypeOfCode, dtypeOfName, type StoredDType } from './dtypes.ts';

/** Caps on what a header may claim; a file above them is refused before anything is allocated for it. */
export interface SafetensorsLimits {
  maxHeaderBytes?: number;
  maxTensors?: number;
}

/** Where one tensor lies: row-major elements in `[begin, end)` of the data section. */
export interface TensorInfo {
  name: string;
  dtype: StoredDType;
  shape: number[];
  begin: number;
  end: number;
}

export interface SafetensorsHeader {
  /** In order of their place in the file. */
  tensors: TensorInfo[];
  metadata: Record<string, string>;
  /** Bytes from the start of the file to the data section. */
  dataOffset: number;
}

const LENGTH_BYTES = 8;
const DEFAULT_LIMITS = { maxHeaderBytes: 100_000_000, maxTensors: 200_000 };

const invalid = (message: string, cause?: unknown): TorchError =>
  new TorchError('SAFETENSORS_INVALID', message, { cause });

/**
 * Bytes of the JSON header, from the first 8 bytes of a file (little-endian unsigned).
 *
 * @throws TorchError SAFETENSORS_INVALID where the file is too short for it, SAFETENSORS_LIMIT above the cap
 */
export function readHeaderLength(
  prefix: Uint8Array,
  fileBytes: number,
  limits: SafetensorsLimits = {},
): number {
  const { maxHeaderBytes } = { ...DEFAULT_LIMITS, ...limits };
  if (prefix.byteLength < LENGTH_BYTES || fileBytes < LENGTH_BYTES) {
    throw invalid(`a safetensors file has at least ${LENGTH_BYTES} bytes, this one has ${fileBytes}`);
  }
  const length = new DataView(prefix.buffer, prefix.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) {
    throw new TorchError(
      'SAFETENSORS_LIMIT',
      `the header claims ${length} bytes, at most ${maxHeaderBytes} are read`,
    );
  }
  if (BigInt(LENGTH_BYTES) + length > BigInt(fileBytes)) {
    throw invalid(`the header claims ${length} bytes, the file has ${fileBytes}`);
  }
  return Number(length);
}

/**
 * The header of a safetensors file, every claim of it checked: names, dtypes, shapes, and that the tensors
 * tile the data section without gap or overlap up to the last byte of the file.
 *
 * @param head the file's first bytes, at least the 8 of the length and the header itself
 * @param fileBytes size of the whole file
 * @throws TorchError SAFETENSORS_INVALID, SAFETENSORS_LIMIT, SAFETENSORS_DTYPE
 * @see https://huggingface.co/docs/safetensors (format)
 */
export function readHeader(
  head: Uint8Array,
  fileBytes: number = head.byteLength,
  limits: SafetensorsLimits = {},
): SafetensorsHeader {
  const headerBytes = readHeaderLength(head, fileBytes, limits);
  const { maxTensors } = { ...DEFAULT_LIMITS, ...limits };
  const dataOffset = LENGTH_BYTES + headerBytes;
  if (head.byteLength < dataOffset) throw invalid('the header is cut off');
  const root = parseObject(head.subarray(LENGTH_BYTES, dataOffset));
  const entries = Object.entries(root);
  if (entries.length > maxTensors + 1) {
    throw new TorchError('SAFETENSORS_LIMIT', `${entries.length} tensors, at most ${maxTensors} are read`);
  }
  const tensors: TensorInfo[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (name === '__metadata__') metadata = readMetadata(value);
    else tensors.push(readTensorInfo(name, value));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkTiling(tensors, fileBytes - dataOffset);
  return { tensors, metadata, dataOffset };
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  let root: unknown;
  try {
    root = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw invalid('the header is not JSON in UTF-8', cause);
  }
  if (!isRecord(root)) throw invalid('the header is not a JSON object');
  return root;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readMetadata(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw invalid('__metadata__ is not an object');
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw invalid(`__metadata__.${key} is not a string`);
  }
  return value as Record<string, string>;
}

function readTensorInfo(name: string, value: unknown): TensorInfo {
  if (!isRecord(value)) throw invalid(`the entry of ${name} is not an object`);
  const { dtype: code, shape, data_offsets: offsets } = value;
  if (typeof code !== 'string') throw invalid(`${name} has no dtype`);
  const dtype = dtypeOfCode(code);
  if (!dtype) throw new TorchError('SAFETENSORS_DTYPE', `${name} is ${code}, which is not supported`);
  if (!Array.isArray(shape) || !shape.every(isCount))
    throw invalid(`the shape of ${name} is not a list of sizes`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount) || offsets[0] > offsets[1]) {
    throw invalid(`the data_offsets of ${name} are not [begin, end]`);
  }
  const [begin, end] = offsets as [number, number];
  const sizeBytes = countElements(shape) * dtype.sizeBytes;
  if (sizeBytes !== end - begin) {
    throw invalid(
      `${name} is ${code} [${shape}] of ${sizeBytes} bytes, its data_offsets hold ${end - begin}`,
    );
  }
  return { name, dtype: dtype.dtype, shape, begin, end };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const countElements = (shape: readonly number[]): number => shape.reduce((n, size) => n * size, 1);

// Gaps could hide other content and overlaps make one byte two weights: the format forbids both.
function checkTiling(tensors: readonly TensorInfo[], dataBytes: number): void {
  let at = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== at) throw invalid(`${name} begins at byte ${begin} of the data where ${at} was expected`);
    at = end;
  }
  if (at !== dataBytes) throw invalid(`the tensors fill ${at} bytes, the file holds ${dataBytes}`);
}

/** What a tensor to be written is called and how large it is. */
export interface TensorSpec {
  name: string;
  dtype: StoredDType;
  shape: readonly number[];
}

/**
 * The header of a file that holds these tensors, and their order in it: large elements first, then by name,
 * so that each one lies aligned to its element size; the data section begins at a multiple of 8 bytes.
 *
 * @throws TorchError SAFETENSORS_INVALID for a name that occurs twice or `__metadata__`, SAFETENSORS_DTYPE
 */
export function layoutHeader<T extends TensorSpec>(
  specs: Iterable<T>,
  metadata: Readonly<Record<string, string>> = {},
): { header: Uint8Array; order: T[]; dataBytes: number } {
  const sized = [...specs].map((spec) => ({ spec, dtype: knownDtype(spec) }));
  sized.sort((a, b) => b.dtype.sizeBytes - a.dtype.sizeBytes || compareText(a.spec.name, b.spec.name));
  const seen = new Set(['__metadata__']);
  // Written by hand: an object literal would move integer-like names to the front.
  const parts: string[] = [];
  if (Object.keys(metadata).length > 0) parts.push(`"__metadata__":${JSON.stringify(metadata)}`);
  let at = 0;
  for (const { spec, dtype } of sized) {
    if (seen.has(spec.name)) throw invalid(`a tensor cannot be called ${spec.name}: the name is taken`);
    seen.add(spec.name);
    const end = at + countElements(spec.shape) * dtype.sizeBytes;
    const entry = { dtype: dtype.code, shape: spec.shape, data_offsets: [at, end] };
    parts.push(`${JSON.stringify(spec.name)}:${JSON.stringify(entry)}`);
    at = end;
  }
  const json = new TextEncoder().encode(`{${parts.join(',')}}`);
  const headerBytes = Math.ceil(json.byteLength / LENGTH_BYTES) * LENGTH_BYTES;
  const header = new Uint8Array(LENGTH_BYTES + headerBytes).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(headerBytes), true);
  header.set(json, LENGTH_BYTES);
  return { header, order: sized.map((s) => s.spec), dataBytes: at };
}

function knownDtype(spec: TensorSpec) {
  const dtype = dtypeOfName(spec.dtype);
  if (!dtype)
    throw new TorchError('SAFETENSORS_DTYPE', `${spec.name} is ${spec.dtype}, which cannot be stored`);
  return dtype;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

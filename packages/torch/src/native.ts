import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { findAddon } from './addon/location.ts';
import { TorchError } from './error.ts';

/** A tensor in the addon's table; 0 is "no tensor". */
export type Handle = number;

export interface KindInfo {
  base: 'Tensor' | 'int' | 'float' | 'Scalar' | 'bool' | 'str' | 'Device' | 'Generator' | 'other';
  optional: boolean;
  list: boolean;
  optionalElements: boolean;
  /** A dtype, layout or memory format, given by name. */
  enumeration: boolean;
  /** A schema's `T[n]`: one value stands for the list. */
  broadcast: boolean;
}

export interface ArgInfo {
  name: string;
  kind: KindInfo;
  kwargOnly: boolean;
  out: boolean;
  hasDefault: boolean;
  default?: unknown;
}

export interface OpInfo {
  name: string;
  args: ArgInfo[];
  /** `aliasOf` is the index of the argument that is written to and returned, or -1. */
  returns: (KindInfo & { aliasOf: number })[];
}

/** What `native/*.cc` exports; each function's contract is written there. */
export interface Native {
  call(op: number, ...args: unknown[]): unknown;
  callInBackground(op: number, ...args: unknown[]): Promise<unknown>;
  findOp(name: string, overload: string): number;
  opInfo(op: number): OpInfo;
  listOps(): string[];
  fromBytes(data: ArrayBufferView, shape: readonly number[], dtype: string): Handle;
  toBytes(tensor: Handle): ArrayBuffer;
  copyInto(tensor: Handle, data: ArrayBufferView): void;
  free(tensor: Handle): void;
  cudaDevices(): number;
  cudaSynchronize(device: number): void;
  setMatmulPrecision(precision: string): void;
  setCudnnBenchmark(on: boolean): void;
  /** The garbage collector is told of the bytes of a tensor that no scope owns. */
  leaveToCollector(tensor: Handle): void;
  shape(tensor: Handle): number[];
  strides(tensor: Handle): number[];
  dtype(tensor: Handle): string;
  device(tensor: Handle): string;
  numel(tensor: Handle): number;
  isContiguous(tensor: Handle, channelsLast: boolean): boolean;
  item(tensor: Handle): number | bigint | boolean;
  shareBytes(data: ArrayBufferView, shape: readonly number[], dtype: string): Handle;
  shareTensor(tensor: Handle): ArrayBuffer;
  /** A second handle of the same tensor. */
  share(tensor: Handle): Handle;
  registerHook(tensor: Handle, hook: (gradient: Handle) => Handle): number;
  removeHook(tensor: Handle, hook: number): void;
  customNode(
    inputs: Handle[],
    outputs: Handle[],
    saved: Handle[],
    backward: (gradients: Handle[], saved: Handle[], needed: boolean[]) => Handle[],
    name: string,
  ): Handle[];
  setAnomaly(enabled: boolean, checkNaN: boolean): [boolean, boolean];
  pushInferenceMode(enabled: boolean): void;
  popInferenceMode(): void;
  isInferenceMode(): boolean;
  isInference(tensor: Handle): boolean;
  setAutocast(device: string, enabled: boolean, dtype: string): [boolean, string];
  nestAutocast(enter: boolean): void;
  newGenerator(seed: number | bigint): number;
  seedGenerator(generator: number, seed: number | bigint): void;
  generatorState(generator: number): Handle;
  setGeneratorState(generator: number, state: Handle): void;
  freeGenerator(generator: number): void;
  backward(
    roots: Handle[],
    gradients: (Handle | null)[] | null,
    retainGraph: boolean,
    createGraph: boolean,
  ): void;
  backwardInBackground(
    roots: Handle[],
    gradients: (Handle | null)[] | null,
    retainGraph: boolean,
    createGraph: boolean,
  ): Promise<void>;
  recordBackward(): void;
  backwardRecorded(): [name: string, startNs: number, endNs: number][];
  gradOf(
    outputs: Handle[],
    inputs: Handle[],
    gradients: (Handle | null)[] | null,
    retainGraph: boolean,
    createGraph: boolean,
    allowUnused: boolean,
  ): Handle[];
  getGrad(tensor: Handle): Handle;
  setGrad(tensor: Handle, gradient: Handle | null): void;
  requiresGrad(tensor: Handle): boolean;
  setRequiresGrad(tensor: Handle, requiresGrad: boolean): void;
  isLeaf(tensor: Handle): boolean;
  setGradEnabled(enabled: boolean): boolean;
  isGradEnabled(): boolean;
  setNumThreads(threads: number): void;
  numThreads(): number;
  keepMemory(keep: boolean): void;
  idleBytes(): number;
  manualSeed(seed: number | bigint): void;
  rngState(): Handle;
  setRngState(state: Handle): void;
  memory(): { tensors: number; bytes: number; peakBytes: number };
  buildInfo(): { libtorch: string; config: string; parallel: string; cuda: boolean; mkldnn: boolean };
}

/**
 * Debian's OpenBLAS takes CPUs newer than it for a Prescott, five times slower than it could be; its kernel
 * family can be named before it is loaded. Leaves a choice of the user's alone.
 */
function chooseBlasKernels(): void {
  if (process.env.OPENBLAS_CORETYPE || process.platform !== 'linux' || process.arch !== 'x64') return;
  const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
  const has = (flag: string) => flags.includes(` ${flag}`);
  if (has('avx512f') && has('avx512bw') && has('avx512vl')) process.env.OPENBLAS_CORETYPE = 'SKYLAKEX';
  else if (has('avx2') && has('fma')) process.env.OPENBLAS_CORETYPE = 'HASWELL';
}

/**
 * OpenMP's threads spin while they wait for each other. For long, and beside any other work everything is several
 * times slower; not at all, and each small operator pays for a wake-up: training small networks takes half as long
 * again. These spins are some ten microseconds.
 */
function chooseWaiting(): void {
  if (process.env.OMP_WAIT_POLICY === undefined) process.env.GOMP_SPINCOUNT ??= '5000';
}

function load(): Native {
  const path = findAddon();
  if (!path)
    throw new TorchError(
      'TORCH_NOT_BUILT',
      'The libtorch addon is not built: run `semblance setup training` (in a checkout of Semblance: `npm run build:addon`)',
    );
  // Only the main thread's process.env reaches the C library.
  if (isMainThread) {
    chooseBlasKernels();
    chooseWaiting();
  }
  const native = createRequire(import.meta.url)(path) as Native;
  // libtorch comes up with one thread under some OpenMP settings; every core is what a user expects.
  if (isMainThread) native.setNumThreads(Number(process.env.OMP_NUM_THREADS) || availableParallelism());
  return native;
}

export const native: Native = load();

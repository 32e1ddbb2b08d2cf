import { native } from './native.ts';
import { Tensor } from './tensor.ts';

export interface EngineOptions {
  /** Threads of one operator. */
  threads?: number;
  /**
   * 'training' keeps freed memory in the process: glibc otherwise gives large temporaries back to the kernel
   * after every operator, at a quarter of the speed. A service wants 'system', which is what a process starts with.
   */
  allocator?: 'training' | 'system';
}

/** Sets the engine's threads and allocator for the whole process. */
export function configure(options: EngineOptions): void {
  if (options.threads !== undefined) native.setNumThreads(options.threads);
  if (options.allocator === 'training') native.keepMemory();
}

export interface EngineInfo {
  libtorch: string;
  threads: number;
  cuda: boolean;
  mkldnn: boolean;
  /** OpenBLAS kernels asked for by OPENBLAS_CORETYPE, or null where it chooses itself. */
  blasKernels: string | null;
  /** libtorch's own account of its build and of its threading. */
  config: string;
  parallel: string;
}

export function engineInfo(): EngineInfo {
  return {
    ...native.buildInfo(),
    threads: native.numThreads(),
    blasKernels: process.env.OPENBLAS_CORETYPE ?? null,
  };
}

/** Seeds the default random number generator. */
export function manualSeed(seed: number | bigint): void {
  native.manualSeed(seed);
}

/** The default generator's state as a uint8 tensor. */
export function getRngState(): Tensor {
  return Tensor.wrap(native.rngState());
}

export function setRngState(state: Tensor): void {
  native.setRngState(Tensor.handleOf(state));
}

/** Tensors alive in this thread and the bytes of their storages (views count for nothing). */
export function memory(): { tensors: number; bytes: number; peakBytes: number } {
  return native.memory();
}

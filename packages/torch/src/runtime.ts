import { Generator } from './generator.ts';
import { native } from './native.ts';
import { Tensor } from './tensor.ts';

export interface EngineOptions {
  /** Threads of one operator. */
  threads?: number;
  /**
   * 'training' keeps the memory of freed tensors for tensors of about that size: glibc otherwise gives large ones back
   * to the kernel after every operator, at a quarter of the speed. A service wants 'system', which is what a process
   * starts with; going back to it frees what is kept.
   */
  allocator?: 'training' | 'system';
  /**
   * Multiplicands of float32 matrix products on a GPU: 'highest' keeps all 24 bits, 'high' may take TensorFloat-32's
   * 11 on several times the speed. (Convolutions there take TensorFloat-32 in either case, as PyTorch's do.)
   */
  matmulPrecision?: 'highest' | 'high';
  /** Whether cuDNN tries its algorithms on each new shape and keeps the fastest: for training on one input size. */
  cudnnBenchmark?: boolean;
}

/** Sets the engine's threads and allocator for the whole process. */
export function configure(options: EngineOptions): void {
  if (options.threads !== undefined) native.setNumThreads(options.threads);
  if (options.matmulPrecision !== undefined) native.setMatmulPrecision(options.matmulPrecision);
  if (options.cudnnBenchmark !== undefined) native.setCudnnBenchmark(options.cudnnBenchmark);
  if (options.allocator !== undefined) native.keepMemory(options.allocator === 'training');
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

/** Seeds the default random number generator; a {@link Generator} has a stream of its own. */
export function manualSeed(seed: number | bigint): void {
  native.manualSeed(seed);
}

/** A generator's state as a uint8 tensor: the default one's unless told. */
export function getRngState(generator?: Generator): Tensor {
  return Tensor.wrap(generator ? native.generatorState(Generator.indexOf(generator)) : native.rngState());
}

export function setRngState(state: Tensor, generator?: Generator): void {
  const handle = Tensor.handleOf(state);
  if (generator) native.setGeneratorState(Generator.indexOf(generator), handle);
  else native.setRngState(handle);
}

export interface MemoryCounts {
  /** Tensors alive in this thread. */
  tensors: number;
  /** Bytes of their storages; views count for nothing. */
  bytes: number;
  peakBytes: number;
  /** What the training allocator keeps for tensors to come, in all threads. */
  idleBytes: number;
}

export function memory(): MemoryCounts {
  return { ...native.memory(), idleBytes: native.idleBytes() };
}

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

/**
 * Sets the engine's threads and allocator for the whole process.
 *
 * @example
 * ```ts
 * import { configure, engineInfo } from '@semblance/torch';
 *
 * configure({ threads: 2, allocator: 'training' });
 * console.log(engineInfo().threads); // 2
 * configure({ allocator: 'system' });
 * ```
 */
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

/**
 * What computes: versions, threads and kernels of the libtorch in use.
 *
 * @example
 * ```ts
 * import { engineInfo } from '@semblance/torch';
 *
 * const { libtorch, threads, cuda } = engineInfo();
 * console.log(`libtorch ${libtorch}, ${threads} threads, ${cuda ? 'CUDA' : 'CPU'}`);
 * ```
 */
export function engineInfo(): EngineInfo {
  return {
    ...native.buildInfo(),
    threads: native.numThreads(),
    blasKernels: process.env.OPENBLAS_CORETYPE ?? null,
  };
}

/**
 * Seeds the default random number generator; a {@link Generator} has a stream of its own.
 *
 * @example
 * ```ts
 * import { manualSeed, rand } from '@semblance/torch';
 *
 * manualSeed(7);
 * const a = rand([2]);
 * manualSeed(7);
 * console.log(a.equal(rand([2]))); // true
 * ```
 */
export function manualSeed(seed: number | bigint): void {
  native.manualSeed(seed);
}

/**
 * A generator's state as a uint8 tensor: the default one's unless told.
 *
 * @example
 * ```ts
 * import { getRngState, rand, setRngState } from '@semblance/torch';
 *
 * const state = getRngState();
 * const a = rand([2]);
 * setRngState(state);
 * console.log(a.equal(rand([2]))); // true
 * ```
 */
export function getRngState(generator?: Generator): Tensor {
  return Tensor.wrap(generator ? native.generatorState(Generator.indexOf(generator)) : native.rngState());
}

/**
 * Puts a generator, the default one unless told, into a state that {@link getRngState} gave.
 *
 * @example
 * ```ts
 * import { Generator, getRngState, rand, setRngState } from '@semblance/torch';
 *
 * const generator = new Generator(1);
 * const state = getRngState(generator);
 * const a = rand([2], { generator });
 * setRngState(state, generator);
 * console.log(a.equal(rand([2], { generator }))); // true
 * ```
 */
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

/**
 * How many tensors live, and how many bytes they hold: what leaks shows here.
 *
 * @example
 * ```ts
 * import { memory, scope, zeros } from '@semblance/torch';
 *
 * const before = memory();
 * {
 *   using _ = scope();
 *   zeros([1000]);
 * }
 * console.log(memory().tensors - before.tensors); // 0
 * ```
 */
export function memory(): MemoryCounts {
  return { ...native.memory(), idleBytes: native.idleBytes() };
}

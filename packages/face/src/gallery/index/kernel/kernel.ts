import { type GrowingMemory, webAssembly } from './engine.ts';
import { modules } from './modules.gen.ts';
import { plainKernel } from './plain.ts';

/** Where a scan reads and writes; bytes from the start of the memory. */
export interface ScanPlace {
  /** The first block of rows. */
  rows: number;
  /** Codes of a row or a query: its numbers, rounded up to a multiple of 16. */
  length: number;
  queries: number;
  numQueries: number;
  /** Four float32 for each query: scale, length, residual, and the least upper bound that is written out. */
  params: number;
  out: number;
  outEnd: number;
}

/**
 * Multiplies rows [from, to) with every query, and writes out each pair whose similarity may reach the query's bound:
 * query, row (uint32), upper and lower bound of the similarity (float32).
 *
 * Ends early where the next block's rows might not fit.
 *
 * @param from a multiple of 4
 * @returns the next row to be scanned, and the end of what was written
 */
export type Scan = (from: number, to: number, place: ScanPlace) => { next: number; end: number };

/** `relaxed`: 8-bit products; `portable`: 16-bit products; `plain`: JavaScript, where WebAssembly is switched off. */
export type KernelKind = keyof typeof modules | 'plain';

/** The fastest kernel that this engine has. */
export function bestKernel(): KernelKind {
  return kernelKinds()[0]!;
}

/** Kernels that this engine has, the fastest first. All give the same bounds, bit for bit. */
export function kernelKinds(): KernelKind[] {
  const kinds = (['relaxed', 'portable'] as const).filter((kind) => webAssembly?.validate(bytesOf(kind)));
  return [...kinds, 'plain'];
}

const bytesOf = (kind: keyof typeof modules): Uint8Array => Buffer.from(modules[kind], 'base64');

const compiled = new Map<string, object>();

/** A kernel on a memory, for the calling thread. */
export function kernelOn(memory: GrowingMemory, kind: KernelKind): Scan {
  if (kind === 'plain') return plainKernel(memory);
  const { Module, Instance } = webAssembly!;
  let module = compiled.get(kind);
  if (!module) compiled.set(kind, (module = new Module(bytesOf(kind))));
  const { exports } = new Instance(module, { index: { memory } });
  const scan = exports.scan as (...numbers: number[]) => number;
  const written = exports.written as { value: number };
  return (from, to, { rows, length, queries, numQueries, params, out, outEnd }) => {
    const next = scan(from, to, rows, length, queries, numQueries, params, out, outEnd) >>> 0;
    return { next, end: written.value >>> 0 };
  };
}

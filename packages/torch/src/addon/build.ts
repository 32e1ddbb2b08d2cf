import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { putInPlace } from '@semblance/core/files';
import { TorchError } from '../error.ts';
import { findLibtorch, type Libtorch } from './libtorch.ts';
import { addonPathFor, isCheckout, nativeDir } from './location.ts';
import { linkFlags, type SourceKind, sourceKinds, stampOf } from './sources.ts';

export interface BuildAddonOptions {
  /** Found by `findLibtorch` unless given. */
  libtorch?: Libtorch;
  /** C++ compiler: `$CXX`, or g++. */
  compiler?: string;
  /** Called as files are compiled. */
  onProgress?: (numDone: number, numFiles: number) => void;
}

export interface BuiltAddon {
  path: string;
  libtorch: Libtorch;
  /** Files that had to be compiled; 0 where it was up to date. */
  numCompiled: number;
}

/**
 * Builds the addon against libtorch, unless it is there already: in a checkout into packages/torch/build, else into the
 * user's cache (see `addonPathFor`).
 *
 * @throws TorchError LIBTORCH_NOT_FOUND, ADDON_BUILD_FAILED with what the compiler said
 */
export async function buildAddon(options: BuildAddonOptions = {}): Promise<BuiltAddon> {
  const { libtorch = findLibtorch(), compiler = process.env.CXX ?? 'g++', onProgress } = options;
  const path = addonPathFor(libtorch);
  if (!isCheckout && existsSync(path)) return { path, libtorch, numCompiled: 0 };
  mkdirSync(dirname(path), { recursive: true });
  // a checkout keeps its objects; elsewhere two builds at a time must not meet
  const dir = isCheckout ? dirname(path) : mkdtempSync(join(dirname(path), '.build-'));
  try {
    const compilation = new Compilation(libtorch, compiler, dir);
    if (compilation.numStale === 0 && existsSync(path)) return { path, libtorch, numCompiled: 0 };
    await compilation.compile(onProgress);
    const linked = join(dir, 'torch.node.new');
    await compilation.link(linked);
    // at once: a process that starts meanwhile finds the old addon or the new one
    await putInPlace(linked, path);
    return { path, libtorch, numCompiled: compilation.numStale };
  } finally {
    if (!isCheckout) rmSync(dir, { recursive: true, force: true });
  }
}

/** The object files in a folder, of which those that are missing or out of date are compiled. */
class Compilation {
  readonly #libtorch: Libtorch;
  readonly #compiler: string;
  readonly #dir: string;
  readonly #kinds: SourceKind[];
  readonly #stale: { source: string; kind: SourceKind }[];

  constructor(libtorch: Libtorch, compiler: string, dir: string) {
    this.#libtorch = libtorch;
    this.#compiler = compiler;
    this.#dir = dir;
    this.#kinds = sourceKinds(libtorch);
    this.#stale = this.#kinds
      .flatMap((kind) => kind.sources.map((source) => ({ source, kind })))
      .filter(({ source, kind }) => {
        const stamp = join(dir, `${source}.stamp`);
        return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== this.#stampOf(source, kind);
      });
  }

  get numStale(): number {
    return this.#stale.length;
  }

  async compile(onProgress?: (numDone: number, numFiles: number) => void): Promise<void> {
    const cores = availableParallelism();
    onProgress?.(0, this.numStale);
    await inParallel(this.#kinds, Math.min(2, cores), (kind) => this.#precompile(kind));
    let numDone = 0;
    // a compiler takes about a gigabyte for these headers
    const atOnce = Math.max(1, Math.min(cores, Math.floor(totalmem() / 1.5e9)));
    await inParallel(this.#stale, atOnce, async ({ source, kind }) => {
      // what is being compiled, not what the file may have become meanwhile
      const stamp = this.#stampOf(source, kind);
      const files = [
        '-include',
        this.#prefix(kind),
        '-c',
        join(nativeDir, source),
        '-o',
        this.#object(source),
      ];
      await run(this.#compiler, [...kind.flags, ...files]);
      writeFileSync(join(this.#dir, `${source}.stamp`), stamp);
      onProgress?.(++numDone, this.numStale);
    });
    for (const kind of this.#kinds) rmSync(`${this.#prefix(kind)}.gch`, { force: true });
  }

  async link(path: string): Promise<void> {
    const objects = this.#kinds.flatMap(({ sources }) => sources.map((source) => this.#object(source)));
    await run(this.#compiler, ['-shared', '-o', path, ...objects, ...linkFlags(this.#libtorch)]);
  }

  /** libtorch's headers are most of the work of each file. GCC takes them from here, other compilers read them again. */
  async #precompile(kind: SourceKind): Promise<void> {
    const prefix = this.#prefix(kind);
    writeFileSync(prefix, `#include "${join(nativeDir, kind.header)}"\n`);
    rmSync(`${prefix}.gch`, { force: true });
    const isGcc = /g\+\+/.test(this.#compiler) && !/clang/.test(this.#compiler);
    if (!isGcc || this.#stale.filter((file) => file.kind === kind).length < 3) return;
    await run(this.#compiler, [...kind.flags, '-x', 'c++-header', prefix, '-o', `${prefix}.gch`]);
  }

  #stampOf(source: string, kind: SourceKind): string {
    return stampOf(source, kind, this.#compiler, this.#libtorch);
  }

  #prefix({ name }: SourceKind): string {
    return join(this.#dir, `${name}.h`);
  }

  #object(source: string): string {
    return join(this.#dir, `${source}.o`);
  }
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data;
    });
    const fail = (message: string, cause?: unknown) =>
      reject(new TorchError('ADDON_BUILD_FAILED', message, { cause }));
    child.on('error', (error) =>
      fail(
        `${command} could not be started: install a C++ compiler (Debian, Ubuntu: apt-get install g++)`,
        error,
      ),
    );
    child.on('close', (code) => {
      if (code === 0) resolve();
      else fail(`${command} ended with ${code}:\n${said.split('\n').slice(0, 40).join('\n')}`);
    });
  });
}

async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

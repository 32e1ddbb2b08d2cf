import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Libtorch, usesCxx11Abi } from './libtorch.ts';
import { NAPI_VERSION, nativeDir } from './location.ts';

/** Files that share the headers which are most of the work of compiling each. */
export interface SourceKind {
  name: 'plain' | 'distributed';
  header: string;
  flags: string[];
  sources: string[];
}

// it has no types
const { include_dir: nodeApiInclude } = createRequire(import.meta.url)('node-api-headers') as {
  include_dir: string;
};

/** What is compiled, with which flags, against a libtorch. */
export function sourceKinds(libtorch: Libtorch): SourceKind[] {
  const flags = [
    // The headers of 2.x allow either, later ones want the newer.
    libtorch.version.startsWith('1.') ? '-std=c++17' : '-std=c++20',
    '-O3',
    // at::parallel_for lives in a header and is serial without it.
    '-fopenmp',
    // Lets `y > 0 ? y : a * y` become a blend.
    '-fno-trapping-math',
    '-fno-math-errno',
    '-fPIC',
    '-fvisibility=hidden',
    '-w',
    `-D_GLIBCXX_USE_CXX11_ABI=${usesCxx11Abi(libtorch) ? 1 : 0}`,
    `-DNAPI_VERSION=${NAPI_VERSION}`,
    ...[nodeApiInclude, ...libtorch.include].map((dir) => `-I${dir}`),
  ];
  const all = readdirSync(nativeDir).filter((name) => name.endsWith('.cc'));
  const plain: SourceKind = {
    name: 'plain',
    header: 'state.h',
    flags,
    sources: all.filter((name) => !isDistributed(name)),
  };
  // A libtorch built without distributed training has no c10d headers.
  const hasDistributed = existsSync(
    join(libtorch.include[0]!, 'torch/csrc/distributed/c10d/ProcessGroup.hpp'),
  );
  if (!hasDistributed) return [plain];
  return [
    plain,
    {
      name: 'distributed',
      header: 'distributed.h',
      // Headers that c10d's own include and packages of libtorch leave out: where there are none, names are enough.
      flags: [...flags, '-DUSE_C10D', '-DUSE_C10D_GLOO', `-idirafter${join(nativeDir, 'left-out')}`],
      sources: all.filter(isDistributed),
    },
  ];
}

const isDistributed = (name: string): boolean => name.startsWith('distributed');

/** Changes with everything that an object file is made of. */
export function stampOf(source: string, kind: SourceKind, compiler: string, libtorch: Libtorch): string {
  const headers = readdirSync(nativeDir)
    .filter((name) => name.endsWith('.h') && (kind.name === 'distributed' || !isDistributed(name)))
    .map((name) => readFileSync(join(nativeDir, name)));
  return createHash('sha256')
    .update(JSON.stringify([compiler, kind.flags, libtorch.version]))
    .update(Buffer.concat(headers))
    .update(readFileSync(join(nativeDir, source)))
    .digest('hex');
}

export function linkFlags({ lib }: Libtorch): string[] {
  const cuda = existsSync(join(lib, 'libtorch_cuda.so')) ? ['-ltorch_cuda', '-lc10_cuda'] : [];
  // Nothing here calls into libtorch_cuda: it registers its kernels when it is loaded, so the linker must keep it.
  const libraries = ['-Wl,--no-as-needed', '-ltorch_cpu', ...cuda, '-ltorch', '-lc10'];
  return [`-L${lib}`, `-Wl,-rpath,${lib}`, ...libraries];
}

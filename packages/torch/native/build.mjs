#!/usr/bin/env node
// Builds the libtorch addon: finds libtorch, compiles what changed, links build/torch.node.
//
// Plain JavaScript, so that any Node that can run npm can run it. Search order for libtorch: $LIBTORCH,
// Debian's libtorch-dev, the libtorch inside a Python torch install.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { include_dir as nodeApiInclude } from 'node-api-headers';

const nativeDir = dirname(fileURLToPath(import.meta.url));
const buildDir = join(nativeDir, '..', 'build');
const target = join(buildDir, 'torch.node');

/** @returns {{ include: string[], lib: string, origin: string } | undefined} */
function libtorchAt(root, origin) {
  const lib = [
    join(root, 'lib'),
    join(root, 'lib/x86_64-linux-gnu'),
    join(root, 'lib/aarch64-linux-gnu'),
  ].find((dir) => existsSync(join(dir, 'libtorch_cpu.so')));
  const include = [join(root, 'include'), join(root, 'include/torch/csrc/api/include')].filter(existsSync);
  const headers = existsSync(join(root, 'include/ATen/ATen.h'));
  return lib && headers ? { include, lib, origin } : undefined;
}

function pythonTorchDir() {
  try {
    const code =
      'import importlib.util as u; s=u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")';
    return execFileSync('python3', ['-c', code], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

function findLibtorch() {
  if (process.env.LIBTORCH) {
    const found = libtorchAt(process.env.LIBTORCH, '$LIBTORCH');
    if (!found)
      throw new Error(
        `LIBTORCH=${process.env.LIBTORCH} holds no include/ATen/ATen.h and lib/libtorch_cpu.so`,
      );
    return found;
  }
  const found = libtorchAt('/usr', 'system') ?? libtorchAt(pythonTorchDir() || '/nonexistent', 'python');
  if (!found)
    throw new Error(
      'libtorch was not found: install it (Debian, Ubuntu: apt-get install libtorch-dev libopenblas0-openmp) or set LIBTORCH to its folder',
    );
  return found;
}

/** Old and new libstdc++ strings do not mix: ask the library which it was built with. */
function usesCxx11Abi(lib) {
  const symbols = readFileSync(join(lib, 'libc10.so'));
  return symbols.includes('NSt7__cxx1112basic_string');
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) =>
      reject(
        new Error(
          `${command} could not be started: ${error.message} (install a C++ toolchain: apt-get install g++)`,
        ),
      ),
    );
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed with exit code ${code}`)),
    );
  });
}

async function inParallel(jobs, limit) {
  const queue = [...jobs];
  await Promise.all(
    Array.from({ length: limit }, async () => {
      for (let job = queue.shift(); job; job = queue.shift()) await job();
    }),
  );
}

async function main() {
  const libtorch = findLibtorch();
  const compiler = process.env.CXX ?? 'g++';
  const version = readFileSync(join(libtorch.include[0], 'torch/csrc/api/include/torch/version.h'), 'utf8');
  const flags = [
    // The headers of 2.x allow either, later ones want the newer.
    /TORCH_VERSION_MAJOR 1\b/.test(version) ? '-std=c++17' : '-std=c++20',
    '-O3',
    // at::parallel_for lives in a header and is serial without it.
    '-fopenmp',
    // Lets `y > 0 ? y : a * y` become a blend.
    '-fno-trapping-math',
    '-fno-math-errno',
    '-fPIC',
    '-fvisibility=hidden',
    '-w',
    `-D_GLIBCXX_USE_CXX11_ABI=${usesCxx11Abi(libtorch.lib) ? 1 : 0}`,
    '-DNAPI_VERSION=8',
    ...[nodeApiInclude, ...libtorch.include].map((dir) => `-I${dir}`),
  ];
  const cuda = existsSync(join(libtorch.lib, 'libtorch_cuda.so')) ? ['-ltorch_cuda', '-lc10_cuda'] : [];
  // Nothing here calls into libtorch_cuda: it registers its kernels when it is loaded, so the linker must keep it.
  const libraries = ['-Wl,--no-as-needed', '-ltorch_cpu', ...cuda, '-ltorch', '-lc10'];
  const links = [`-L${libtorch.lib}`, `-Wl,-rpath,${libtorch.lib}`, ...libraries];
  const isDistributed = (name) => name.startsWith('distributed');
  // A libtorch built without distributed training has no c10d headers.
  const hasDistributed = existsSync(
    join(libtorch.include[0], 'torch/csrc/distributed/c10d/ProcessGroup.hpp'),
  );
  const sources = readdirSync(nativeDir).filter(
    (name) => name.endsWith('.cc') && (hasDistributed || !isDistributed(name)),
  );
  const kinds = {
    plain: { header: 'state.h', flags },
    distributed: {
      header: 'distributed.h',
      // Headers that c10d's own include and packages of libtorch leave out: where there are none, names are enough.
      flags: [...flags, '-DUSE_C10D', '-DUSE_C10D_GLOO', `-idirafter${join(nativeDir, 'left-out')}`],
    },
  };
  const kindOf = (source) => (isDistributed(source) ? 'distributed' : 'plain');
  const flagsOf = (source) => kinds[kindOf(source)].flags;
  const headers = readdirSync(nativeDir).filter((name) => name.endsWith('.h'));
  const headerOf = (source) =>
    Buffer.concat(
      headers
        .filter((name) => isDistributed(source) || !isDistributed(name))
        .map((name) => readFileSync(join(nativeDir, name))),
    );
  const stampOf = (source) =>
    createHash('sha256')
      .update(JSON.stringify([compiler, flagsOf(source), version]))
      .update(headerOf(source))
      .update(readFileSync(join(nativeDir, source)))
      .digest('hex');

  mkdirSync(buildDir, { recursive: true });
  const stale = sources.filter((source) => {
    const stamp = join(buildDir, `${source}.stamp`);
    return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== stampOf(source);
  });
  if (stale.length === 0 && existsSync(target)) return console.log('torch addon: up to date');

  console.log(
    `torch addon: compiling ${stale.length} file(s) against libtorch in ${libtorch.lib} (${libtorch.origin})`,
  );
  // libtorch's headers are most of the work of each file. GCC takes them from here, other compilers read them again.
  const prefix = (kind) => join(buildDir, `${kind}.h`);
  const numStale = (kind) => stale.filter((source) => kindOf(source) === kind).length;
  await inParallel(
    Object.keys(kinds).map((kind) => async () => {
      writeFileSync(prefix(kind), `#include "${join(nativeDir, kinds[kind].header)}"\n`);
      rmSync(`${prefix(kind)}.gch`, { force: true });
      if (!/g\+\+/.test(compiler) || /clang/.test(compiler) || numStale(kind) < 3) return;
      await run(compiler, [
        ...kinds[kind].flags,
        '-x',
        'c++-header',
        prefix(kind),
        '-o',
        `${prefix(kind)}.gch`,
      ]);
    }),
    Math.min(2, availableParallelism()),
  );
  await inParallel(
    stale.map((source) => async () => {
      // What is being compiled, not what the file may have become meanwhile.
      const stamp = stampOf(source);
      const object = join(buildDir, `${source}.o`);
      await run(compiler, [
        ...flagsOf(source),
        '-include',
        prefix(kindOf(source)),
        '-c',
        join(nativeDir, source),
        '-o',
        object,
      ]);
      writeFileSync(join(buildDir, `${source}.stamp`), stamp);
    }),
    // A compiler takes about a gigabyte for these headers.
    Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / 1.5e9))),
  );
  await run(compiler, [
    '-shared',
    '-o',
    `${target}.new`,
    ...sources.map((source) => join(buildDir, `${source}.o`)),
    ...links,
  ]);
  // At once: a process that starts meanwhile finds the old addon or the new one.
  renameSync(`${target}.new`, target);
  for (const kind of Object.keys(kinds)) rmSync(`${prefix(kind)}.gch`, { force: true });
  console.log(`torch addon: built ${target}`);
}

main().catch((error) => {
  console.error(`torch addon: ${error.message}`);
  process.exit(1);
});

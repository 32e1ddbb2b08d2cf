import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TorchError } from '../error.ts';

/** A libtorch to build against: its headers, its libraries, and how it was found. */
export interface Libtorch {
  root: string;
  include: string[];
  lib: string;
  /** `1.13.0` */
  version: string;
  origin: '$LIBTORCH' | 'system' | 'python';
}

type Env = Readonly<Record<string, string | undefined>>;

export function libtorchAt(root: string, origin: Libtorch['origin']): Libtorch | null {
  const lib = ['lib', 'lib/x86_64-linux-gnu', 'lib/aarch64-linux-gnu']
    .map((folder) => join(root, folder))
    .find((dir) => existsSync(join(dir, 'libtorch_cpu.so')));
  const include = ['include', 'include/torch/csrc/api/include']
    .map((folder) => join(root, folder))
    .filter((dir) => existsSync(dir));
  if (!lib || !existsSync(join(root, 'include/ATen/ATen.h'))) return null;
  const header = readFileSync(join(root, 'include/torch/csrc/api/include/torch/version.h'), 'utf8');
  const part = (name: string) => new RegExp(`TORCH_VERSION_${name} (\\d+)`).exec(header)?.[1] ?? '?';
  const version = ['MAJOR', 'MINOR', 'PATCH'].map(part).join('.');
  return { root, include, lib, version, origin };
}

/**
 * The libtorch in the places that need no search: `$LIBTORCH`, or the system's own.
 *
 * @throws TorchError LIBTORCH_NOT_FOUND where `$LIBTORCH` names a folder without one
 */
export function namedLibtorch(env: Env = process.env): Libtorch | null {
  if (!env.LIBTORCH) return libtorchAt('/usr', 'system');
  const found = libtorchAt(env.LIBTORCH, '$LIBTORCH');
  if (found) return found;
  const message = `LIBTORCH=${env.LIBTORCH} does not contain include/ATen/ATen.h and lib/libtorch_cpu.so: set it to the folder that has both`;
  throw new TorchError('LIBTORCH_NOT_FOUND', message);
}

/**
 * The libtorch to build against: `$LIBTORCH`, the system's (Debian's libtorch-dev), or the one inside a Python torch.
 *
 * @throws TorchError LIBTORCH_NOT_FOUND
 */
export function findLibtorch(env: Env = process.env): Libtorch {
  const found = namedLibtorch(env) ?? libtorchAt(pythonTorchDir() || '/nonexistent', 'python');
  if (found) return found;
  const message =
    'libtorch was not found: install it (Debian, Ubuntu: apt-get install libtorch-dev libopenblas0-openmp) or set LIBTORCH to its folder';
  throw new TorchError('LIBTORCH_NOT_FOUND', message);
}

function pythonTorchDir(): string {
  const code =
    'import importlib.util as u; s=u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")';
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'];
    return execFileSync('python3', ['-c', code], { encoding: 'utf8', stdio }).trim();
  } catch {
    return ''; // no Python here
  }
}

/** Old and new libstdc++ strings do not mix: the library tells which it was built with. */
export function usesCxx11Abi({ lib }: Libtorch): boolean {
  return readFileSync(join(lib, 'libc10.so')).includes('NSt7__cxx1112basic_string');
}

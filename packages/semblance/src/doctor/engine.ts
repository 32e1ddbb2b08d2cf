import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Check, limited, ok } from './check.ts';

/** What the probe in the other process prints. */
interface Probe {
  libtorch: string;
  threads: number;
  cuda: boolean;
  blasKernels: string | null;
  blasFiles: string[];
  gflops: number;
}

// in a process of its own: an addon built against another libtorch must not take the doctor down
const PROBE = `
  import { readFileSync } from 'node:fs';
  const { engineInfo, ops, rand, noGrad } = await import(process.argv[1]);
  const n = 768;
  const [a, b] = [rand([n, n]), rand([n, n])];
  let best = Infinity;
  noGrad(() => {
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      ops.mm(a, b).dispose();
      best = Math.min(best, performance.now() - start);
    }
  });
  let maps = '';
  try { maps = readFileSync('/proc/self/maps', 'utf8'); } catch {}
  const blasFiles = [...new Set(maps.match(/\\/\\S*(?:blas|mkl_rt|mkl_core)[^\\s/]*\\.so[^\\s/]*/g) ?? [])];
  const { libtorch, threads, cuda, blasKernels } = engineInfo();
  console.log(JSON.stringify({ libtorch, threads, cuda, blasKernels, blasFiles, gflops: 2 * n ** 3 / best / 1e6 }));
`;

const require = createRequire(import.meta.url);
let probing: Promise<Probe> | undefined;

/** Runs the probe once for all checks. */
function probe(): Promise<Probe> {
  probing ??= promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', PROBE, pathToFileURL(require.resolve('@semblance/torch')).href],
    { timeout: 60_000 },
  ).then(({ stdout }) => JSON.parse(stdout) as Probe);
  return probing;
}

export const trainingEngine: Check = {
  name: 'training engine',
  async run() {
    try {
      const { libtorch, threads, cuda } = await probe();
      return ok(`libtorch ${libtorch}, ${threads} threads${cuda ? ', CUDA' : ''}`);
    } catch (error) {
      return limited(`cannot train here: ${reason(error)}`, 'semblance setup training');
    }
  },
};

/** The reference BLAS gives 2 GFLOP/s a core; any tuned one gives more than twenty. */
const LEAST_GFLOPS = 15;

export const blas: Check = {
  name: 'BLAS',
  async run() {
    let found: Probe;
    try {
      found = await probe();
    } catch {
      return limited('unknown: the training engine cannot be loaded', 'semblance setup training');
    }
    const library =
      found.blasFiles.find((file) => /openblas|mkl/.test(file)) ?? found.blasFiles[0] ?? 'built in';
    const kernels = found.blasKernels ? `, kernels ${found.blasKernels}` : '';
    const detail = `${library}${kernels}: ${found.gflops.toFixed(0)} GFLOP/s`;
    if (found.gflops >= LEAST_GFLOPS) return ok(detail);
    return limited(`${detail}, too slow to train with`, 'semblance setup training');
  },
};

function reason(error: unknown): string {
  const { stderr = '', message = String(error) } = error as { stderr?: string; message?: string };
  return /^\w*Error[^\n]*/m.exec(stderr)?.[0] ?? message.split('\n')[0]!;
}

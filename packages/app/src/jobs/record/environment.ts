import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, hostname, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import type { Environment } from '../model.ts';

/** What a version runs on; `engine` adds the versions of what trains. */
export async function recordEnvironment(engine: Readonly<Record<string, string>> = {}): Promise<Environment> {
  const require = createRequire(import.meta.url);
  const own = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const onnx = require('onnxruntime-node/package.json') as { version: string };
  return {
    versions: {
      semblance: own.version,
      node: process.versions.node,
      onnxruntime: onnx.version,
      ...engine,
    },
    host: hostname(),
    os: `${type()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    gpus: (await listGpus()).map(({ name }) => name),
  };
}

export interface Gpu {
  index: number;
  name: string;
}

let gpus: Promise<Gpu[]> | undefined;

/** The GPUs that nvidia-smi shows; none where there is no such program. */
export function listGpus(): Promise<Gpu[]> {
  return (gpus ??= queryGpus('index,name').then((rows) =>
    rows.map(([index, name]) => ({ index: Number(index), name: name ?? '' })),
  ));
}

/** Fields of nvidia-smi, a row for each GPU. */
export async function queryGpus(fields: string): Promise<string[][]> {
  try {
    const { stdout } = await promisify(execFile)(
      'nvidia-smi',
      [`--query-gpu=${fields}`, '--format=csv,noheader,nounits'],
      { timeout: 10_000 },
    );
    return stdout
      .trim()
      .split('\n')
      .map((line) => line.split(',').map((field) => field.trim()));
  } catch {
    return []; // no NVIDIA driver here
  }
}

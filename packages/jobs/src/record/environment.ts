import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, hostname, release, totalmem, type } from 'node:os';
import type { Environment } from '../model.ts';
import { listGpus } from './gpus.ts';

/** What a version runs on; `engine` adds the versions of what trains. */
export async function recordEnvironment(engine: Readonly<Record<string, string>> = {}): Promise<Environment> {
  const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return {
    versions: {
      semblance: own.version,
      node: process.versions.node,
      onnxruntime: onnxRuntimeVersion(),
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

/** Of the ONNX Runtime that tasks run on: each package finds what it depends on itself, wherever it is installed. */
function onnxRuntimeVersion(): string {
  const train = createRequire(import.meta.url).resolve('@semblance/train');
  const face = createRequire(train).resolve('@semblance/face');
  return (createRequire(face)('onnxruntime-node/package.json') as { version: string }).version;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, hostname, release, totalmem, type } from 'node:os';
import type { Environment } from '../model.ts';
import { listGpus } from './gpus.ts';

/** What a version runs on; `engine` adds the versions of what trains. */
export async function recordEnvironment(engine: Readonly<Record<string, string>> = {}): Promise<Environment> {
  const require = createRequire(import.meta.url);
  const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
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

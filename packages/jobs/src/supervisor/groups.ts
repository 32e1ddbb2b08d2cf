import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { nodeCommand } from '@semblance/core';
import { makeFolderSync } from '@semblance/core/files';
import { codePlace } from '../code-place.ts';
import type { Executor, GroupSpec, Rendezvous, WorkerGroup } from '../executor/executor.ts';
import { type VersionPaths, versionPaths } from '../home.ts';
import { commandOf } from '../kinds/command.ts';
import { fullName, type Step, type Version } from '../model.ts';
import type { Prepared } from '../steps/prepare.ts';
import { WORK_FAILED } from '../steps/run-step.ts';
import { workerEnv } from '../worker-env.ts';
import type { SupervisorContext } from './context.ts';

/** Marks all processes of a version: of this store, and no other. */
export const markOf = (storeId: string, version: Pick<Version, 'id'>): string => `${storeId}:${version.id}`;

/** The workers of the step that a version is at. */
export function groupOf({ home, store }: SupervisorContext, version: Version, step: Step): WorkerGroup {
  return {
    mark: markOf(store.id, version),
    dir: join(versionPaths(home, version).attempt(version.attempt), step),
    numWorkers: step === 'work' ? version.spec.resources.workers : 1,
    title: `${fullName(version)} ${step}`,
  };
}

/** What the workers of a step run. */
export async function groupSpec(
  context: SupervisorContext,
  version: Version,
  step: Step,
  executor: Executor,
): Promise<GroupSpec> {
  const paths = versionPaths(context.home, version);
  makeFolderSync(paths.logs);
  if (step !== 'work') return stepSpec(context, version, paths, step);
  const { workers, cpus, memoryBytes, nice } = version.spec.resources;
  const { places, code } = JSON.parse(readFileSync(paths.prepared, 'utf8')) as Prepared;
  const place = codePlace(code);
  const kind = context.parts.kind(version.spec.task);
  const hasBefore = version.attempt > 1 || version.spec.resumeFrom !== undefined;
  const isResumed = hasBefore && (kind.resume?.isPossible(paths.outputs) ?? false);
  const command = commandOf(context.parts, version.spec, paths, places, isResumed, place.word);
  const rendezvous =
    (await executor.rendezvous?.(groupOf(context, version, step))) ?? (await onThisMachine(workers));
  const isElsewhere = context.parts.isElsewhere(version.spec);
  const hasProgress = kind.resume?.hasProgress?.(paths.outputs) ?? true;
  const goesOn = hasProgress
    ? 'goes on'
    : 'begins from the start: the one before left no checkpoint of a step';
  for (let worker = 0; worker < workers; worker++) {
    const what = isResumed ? goesOn : 'begins';
    const isBare = !isElsewhere && context.settings.gpus.length > 0 && version.gpus.length === 0;
    appendFileSync(
      paths.workerLog(worker),
      `[worker ${worker}] attempt ${version.attempt} ${what}${isBare ? ' without a GPU: none was asked for (--gpus)' : ''}\n`,
    );
  }
  return {
    limits: {
      cpus,
      memoryBytes: memoryBytes === null ? null : Math.ceil(memoryBytes / workers),
      nice,
      timeoutMs: version.spec.timeoutMs,
      gpus: version.spec.resources.gpus / workers,
    },
    workers: Array.from({ length: workers }, (_, worker) => {
      const log = paths.workerLog(worker);
      const isResult = kind.resultsFile !== null && worker === 0;
      return {
        command,
        env: place.env(workerEnv({ kind, version, paths, worker, rendezvous, isElsewhere })),
        cwd: place.cwd(version.spec.cwd),
        stdout: isResult ? join(paths.outputs, kind.resultsFile!) : log,
        stderr: log,
      };
    }),
  };
}

function stepSpec(
  context: SupervisorContext,
  version: Version,
  paths: VersionPaths,
  step: 'prepare' | 'deliver',
): GroupSpec {
  const log = paths.workerLog(0);
  const group = groupOf(context, version, step);
  const module = context.parts.module === null ? [] : [context.parts.module];
  return {
    limits: { cpus: null, memoryBytes: null, nice: 0 },
    workers: [
      {
        command: nodeCommand(import.meta.url, `../steps/${step}`, paths.dir, group.dir, ...module),
        env: version.ending ? { [WORK_FAILED]: '1' } : {},
        cwd: paths.dir,
        stdout: log,
        stderr: log,
      },
    ],
  };
}

/** What the steps of ours are given and workers are not: this process's environment, credentials included. */
export const stepEnv = (step: Step): Record<string, string> =>
  step === 'work' ? {} : (process.env as Record<string, string>);

/** What a step left as the reason of its failure. */
export function reasonOf(group: WorkerGroup): string | null {
  const path = join(group.dir, 'reason');
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

const onThisMachine = async (workers: number): Promise<Rendezvous> => ({
  hosts: Array.from({ length: workers }, () => '127.0.0.1'),
  port: await freePort(),
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

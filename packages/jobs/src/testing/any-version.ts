import type { Version, VersionSpec } from '../model.ts';
import type { NewVersion } from '../store/version-store.ts';

/** For tests: a specification in which nothing is out of the ordinary. */
export const anySpec: VersionSpec = {
  task: 'custom',
  options: {},
  parameters: { lr: '0.1' },
  command: ['true'],
  cwd: '/',
  codeDir: '/',
  inputs: [],
  outputs: [],
  predownload: false,
  resources: { workers: 1, cpus: null, memoryBytes: null, gpus: 0, nice: 0 },
  env: {},
  retries: 0,
  timeoutMs: null,
};

/** For tests: a version to be added. */
export function anyVersion(job: string, changes: Partial<NewVersion> = {}): NewVersion {
  return {
    job,
    description: '',
    parentId: null,
    sweep: null,
    spec: anySpec,
    parameters: { lr: '0.1' },
    seeds: { seed: '1' },
    creator: { pid: 1, startTicks: 2, bootId: 'b' },
    ...changes,
  };
}

/** For tests: a version that has completed, as a store gives it. */
export const storedVersion = (id: number): Version => ({
  id,
  job: 'a',
  number: id,
  description: '',
  tags: [],
  note: '',
  isStarred: false,
  isPinned: false,
  parentId: null,
  sweep: null,
  state: 'completed',
  reason: 'done',
  step: null,
  resumeAt: 'prepare',
  attempt: 1,
  retriesLeft: 0,
  ending: null,
  exitCode: 0,
  gpus: [],
  machine: null,
  creator: null,
  createdMs: 0,
  startedMs: 1000,
  endedMs: 3000,
  spec: anySpec,
  parameters: {},
  seeds: {},
  code: null,
  data: [],
  environment: null,
  metrics: {},
  artifacts: [],
});

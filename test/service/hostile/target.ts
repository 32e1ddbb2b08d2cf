import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { allocatorSettings } from '../../../packages/serve/src/allocator.ts';
import type { Compat } from '../../../packages/serve/src/http/contracts.ts';
import type { ServiceLimits } from '../../../packages/serve/src/http/service.ts';
import type { ServeSettings } from '../../../packages/serve/src/settings.ts';

export interface TargetOptions {
  compat: Compat;
  /** Whether training jobs are served; a supervisor runs then for a while. */
  hasJobs?: boolean;
  detector?: string;
  /** Without one there is a gallery of two people, too. */
  recognizer?: string;
  limits?: Partial<ServiceLimits>;
  settings?: Partial<ServeSettings>;
}

export interface TargetMemory {
  /** Bytes after garbage was collected. */
  rss: number;
  heap: number;
  /** What the service has said: faults. */
  lines: string[];
}

interface Started {
  url: string;
  root: string;
  keys: { admin: string; enrol: string; read: string; other: string };
}

export type TargetAsks = 'memory' | 'decoders' | 'lateness' | 'stop';
export interface TargetSays {
  started?: Started;
  memory?: TargetMemory;
  decoders?: number[];
  lateness?: number;
}

/** A service in a process of its own, whose memory and death concern nobody else. */
export interface Target extends Started, AsyncDisposable {
  readonly pid: number;
  readonly isAlive: boolean;
  memory(): Promise<TargetMemory>;
  /** Its processes that read pictures. */
  decoders(): Promise<number[]>;
  /** How late its event loop has been at most since this was last asked, ms. */
  lateness(): Promise<number>;
}

export async function startTarget(options: TargetOptions): Promise<Target> {
  const module = fileURLToPath(new URL('./target-main.ts', import.meta.url));
  const child = fork(module, [JSON.stringify(options)], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...allocatorSettings },
    serialization: 'advanced',
  });
  const started = await said(child, 'started');
  const ask = async <K extends keyof TargetSays>(what: TargetAsks, answer: K) => {
    child.send(what);
    return said(child, answer);
  };
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    ...started,
    pid: child.pid!,
    get isAlive() {
      return isAlive();
    },
    memory: () => ask('memory', 'memory'),
    decoders: () => ask('decoders', 'decoders'),
    lateness: () => ask('lateness', 'lateness'),
    async [Symbol.asyncDispose]() {
      if (!isAlive()) return;
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
    },
  };
}

/** The next message of that kind; throws where the process ends before. */
async function said<K extends keyof TargetSays>(
  child: ChildProcess,
  what: K,
): Promise<NonNullable<TargetSays[K]>> {
  return new Promise((resolve, reject) => {
    const take = (message: TargetSays): void => {
      const value = message[what];
      if (value === undefined) return;
      child.off('message', take);
      child.off('exit', gone);
      resolve(value);
    };
    const gone = (code: number | null, signal: string | null): void =>
      reject(new Error(`the service has ended (${signal ?? code})`));
    child.on('message', take);
    child.once('exit', gone);
  });
}

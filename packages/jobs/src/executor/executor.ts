/** Workers that do one step of a version together. */
export interface WorkerGroup {
  /** Mark of all processes of the version, in their environment as SEMBLANCE_VERSION. */
  mark: string;
  /** Folder of the group's own files; it names the group, whoever supervises. */
  dir: string;
  numWorkers: number;
  /** What people call it, `faces/V0003 work`: for executors whose queues people look at. */
  title?: string;
}

export interface WorkerCommand {
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** File that its output is appended to. */
  stdout: string;
  stderr: string;
}

export interface WorkerLimits {
  /** Cores of each worker, null for all. */
  cpus: number | null;
  /** Bytes of memory of each worker, null for no limit. */
  memoryBytes: number | null;
  /** Added to the niceness. */
  nice: number;
  /** Longest run, for clusters that end what runs longer by themselves: null or none for no limit. */
  timeoutMs?: number | null;
  /** GPUs of each worker, for executors on other machines; on this one the environment says which. */
  gpus?: number;
}

/** What is to be started. Kept in the group's folder: no credential. */
export interface GroupSpec {
  workers: readonly WorkerCommand[];
  limits: WorkerLimits;
}

/**
 * What is seen of a worker: it has not begun; it waits for a place where it can run; it runs; it ended with a code
 * (128 + n by signal n); it was there and is gone without a code, killed together with what watched it; or it was kept
 * from beginning.
 */
export type WorkerSight =
  | { state: 'absent' }
  /** It was accepted by a queue, and nobody needs to start it. `why` is what it waits for, where that is known. */
  | { state: 'waiting'; why?: string }
  | { state: 'running'; pid?: number }
  /** `why` is what else is known of the end: that it used too much memory, say. */
  | { state: 'ended'; code: number; atMs: number; why?: string }
  /** `isTakenAway`: its cluster took its place away, and the work is not to blame. */
  | { state: 'gone'; pid?: number; why: string; isTakenAway?: boolean }
  | { state: 'barred' };

/** Where the workers of a group find each other. */
export interface Rendezvous {
  /** Name or address of the machine of each worker. */
  hosts: readonly string[];
  /** Port of the first worker, for all of them. */
  port: number;
}

/**
 * What runs workers. Everything it knows of them lies outside of the process that uses it, so that another one can go
 * on where this was killed: each method may be called again at any moment, with the same result.
 *
 * One conformance suite (`executor-suite.ts`) runs for every implementation.
 */
export interface Executor {
  readonly name: string;
  /**
   * Starts the group's workers. A group that was started already is not started again: a worker that has begun goes
   * on, one that has not is begun once. `env` comes on top of each worker's own and is kept nowhere.
   */
  start(group: WorkerGroup, spec: GroupSpec, env?: Readonly<Record<string, string>>): Promise<void>;
  look(group: WorkerGroup): Promise<WorkerSight[]>;
  /** Ends the group: workers that have not begun never will, the others are told to end (`isForced`: are killed). */
  end(group: WorkerGroup, isForced: boolean): Promise<void>;
  /** Kills whatever is left of the marked version outside of living groups; says how many processes. */
  endLeftovers(mark: string): Promise<number>;
  /** Marks of the versions of which it has anything that runs or waits: for executors that something may be left in. */
  marks?(): Promise<readonly string[]>;
  /** Where the workers will find each other, for executors that run each on a machine of its own; this one otherwise. */
  rendezvous?(group: WorkerGroup): Rendezvous | Promise<Rendezvous>;
  /** Stops watching; what runs goes on. */
  close?(): Promise<void>;
}

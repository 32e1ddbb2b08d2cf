import { TorchError } from '../error.ts';
import { type RankEnvironment, readEnvironment } from './environment.ts';
import { type DistHandle, dist, guarded } from './native.ts';
import { openStore, Store } from './store.ts';

/** torch.distributed's own default: 30 minutes. */
const DEFAULT_TIMEOUT_MS = 30 * 60 * 1000;

export interface InitOptions {
  /** Gloo runs everywhere; tensors on a GPU travel through main memory. */
  backend?: 'gloo';
  /** What the launcher's environment says where left out; 0 of 1 where there is none. */
  rank?: number;
  worldSize?: number;
  /** `tcp://host:port` (rank 0 serves), `file:///path`, or a store; MASTER_ADDR and MASTER_PORT where left out. */
  store?: Store | string;
  /** How long ranks wait for each other, at the rendezvous and in each collective. */
  timeoutMs?: number;
  /** Network interface to the other ranks; GLOO_SOCKET_IFNAME, or the way to the store's host, where left out. */
  networkInterface?: string;
}

/** Ranks that compute together. */
export class ProcessGroup {
  readonly rank: number;
  readonly size: number;
  readonly timeoutMs: number;
  /** @internal */
  readonly handle: DistHandle;
  private readonly store: Store;

  constructor(store: Store, rank: number, size: number, timeoutMs: number, networkInterface?: string) {
    const way = networkInterface ?? process.env.GLOO_SOCKET_IFNAME ?? null;
    this.handle = guarded(() => {
      const address = way === null ? dist.addressTowards(store.host ?? '127.0.0.1') : null;
      return dist.glooGroup(store.handle, rank, size, timeoutMs, way, address);
    });
    this.store = store;
    this.rank = rank;
    this.size = size;
    this.timeoutMs = timeoutMs;
  }

  /** Ends this rank's part; collectives on it throw DIST_NOT_INITIALIZED from then on. */
  destroy(): void {
    dist.distRelease(this.handle);
    this.store.close();
  }
}

let current: { group: ProcessGroup; environment: RankEnvironment | null; base: Store } | undefined;
let numInits = 0;

function rendezvous(
  options: InitOptions,
  rank: number,
  size: number,
  timeoutMs: number,
  found: RankEnvironment | null,
) {
  if (options.store instanceof Store) return options.store;
  if (options.store !== undefined) return openStore(options.store, rank, size, timeoutMs);
  if (size === 1 && found?.masterAddr === undefined)
    return Store.tcp({ host: '127.0.0.1', port: 0, isServer: true, numWorkers: 1, timeoutMs });
  const { masterAddr, masterPort } = found ?? {};
  if (masterAddr === undefined || masterPort === undefined)
    throw new TorchError(
      'DIST_BAD_ENVIRONMENT',
      `Rank ${rank} of ${size} does not know where rank 0 is: set MASTER_ADDR and MASTER_PORT, or give a store`,
    );
  // torchrun may serve the store itself, and then no rank must.
  const isServer = rank === 0 && process.env.TORCHELASTIC_USE_AGENT_STORE !== 'True';
  return Store.tcp({ host: masterAddr, port: masterPort, isServer, numWorkers: size, timeoutMs });
}

/**
 * Joins the ranks of this run: finds them, connects to each of them, and makes the default process group. Without a
 * launcher's environment and without options this process is rank 0 of 1, so that one script serves both.
 *
 * @throws TorchError DIST_BAD_ENVIRONMENT, DIST_RENDEZVOUS_FAILED, TORCH_BAD_ARGUMENT
 * @example
 * ```ts
 * import * as distributed from '@semblance/torch/distributed';
 *
 * const group = distributed.init({ timeoutMs: 60_000 });
 * console.log(`rank ${group.rank} of ${group.size}`); // rank 0 of 1
 * ```
 */
export function init(options: InitOptions = {}): ProcessGroup {
  if (current) throw new TorchError('DIST_ALREADY_INITIALIZED');
  const { backend = 'gloo', timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (backend !== 'gloo')
    throw new TorchError('DIST_NO_BACKEND', `Expected gloo for backend but received "${backend}"`);
  if (!isAvailable())
    throw new TorchError(
      'DIST_NO_BACKEND',
      'This addon was built against a libtorch without distributed training (c10d): build it against one that has it',
    );
  const isTold = options.rank !== undefined && options.worldSize !== undefined && options.store !== undefined;
  const environment = isTold ? null : readEnvironment();
  const rank = options.rank ?? environment?.rank ?? 0;
  const size = options.worldSize ?? environment?.worldSize ?? 1;
  if (!Number.isInteger(rank) || !Number.isInteger(size) || rank < 0 || rank >= size)
    throw new TorchError(
      'TORCH_BAD_ARGUMENT',
      `Expected a rank below the world size but received ${rank} of ${size}`,
    );
  // A launcher that dies must not leave ranks behind, whatever killed it.
  if (process.env.TORCH_RUN_PID) dist.dieWithParent(Number(process.env.TORCH_RUN_PID));
  const base = rendezvous(options, rank, size, timeoutMs, environment);
  // Names of their own for each attempt and each init: what an earlier one left is not read again.
  const attempt = process.env.TORCHELASTIC_RESTART_COUNT ?? '0';
  const group = new ProcessGroup(
    base.withPrefix(`attempt-${attempt}/init-${numInits++}`),
    rank,
    size,
    timeoutMs,
    options.networkInterface,
  );
  current = { group, environment, base };
  return group;
}

/** Whether this addon has process groups: where libtorch was built with distributed training (c10d). */
export function isAvailable(): boolean {
  return dist.glooGroup !== undefined;
}

export function isInitialized(): boolean {
  return current !== undefined;
}

/** The group that `init` made. @throws TorchError DIST_NOT_INITIALIZED */
export function defaultGroup(): ProcessGroup {
  if (!current) throw new TorchError('DIST_NOT_INITIALIZED');
  return current.group;
}

export function rank(): number {
  return defaultGroup().rank;
}

export function worldSize(): number {
  return defaultGroup().size;
}

/** Rank among the processes of this machine, as the launcher says; 0 where it does not. */
export function localRank(): number {
  defaultGroup();
  return current?.environment?.localRank ?? 0;
}

/** Leaves the default group; `init` may be called again. Nothing happens where there is none. */
export function destroy(): void {
  current?.group.destroy();
  current?.base.close();
  current = undefined;
}

import { fileURLToPath } from 'node:url';
import { TorchError } from '../error.ts';
import { type DistHandle, dist, guarded } from './native.ts';

/** A small table of strings that all ranks see: where they find each other. */
export class Store {
  /** @internal */
  readonly handle: DistHandle;
  /** The host that serves it, where one does. */
  readonly host: string | null;

  private constructor(handle: DistHandle, host: string | null) {
    this.handle = handle;
    this.host = host;
  }

  /**
   * A store served by one process over TCP; the server waits until `numWorkers` (itself among them) have come.
   *
   * @throws TorchError DIST_RENDEZVOUS_FAILED where nobody serves there in time, or the port is taken
   */
  static tcp(options: {
    host: string;
    port: number;
    isServer: boolean;
    numWorkers: number;
    timeoutMs: number;
  }): Store {
    const { host, port, isServer, numWorkers, timeoutMs } = options;
    return new Store(
      guarded(() => dist.tcpStore(host, port, isServer, numWorkers, timeoutMs)),
      host,
    );
  }

  /** A store in a file that every rank can reach; the file must be a new one for each run. */
  static file(options: { path: string; numWorkers: number; timeoutMs: number }): Store {
    const { path, numWorkers, timeoutMs } = options;
    return new Store(
      guarded(() => dist.fileStore(path, numWorkers, timeoutMs)),
      null,
    );
  }

  /** The same store with names of its own. */
  withPrefix(prefix: string): Store {
    return new Store(
      guarded(() => dist.prefixStore(prefix, this.handle)),
      this.host,
    );
  }

  set(key: string, value: string): void {
    guarded(() => dist.storeSet(this.handle, key, value));
  }

  /** The value of a key, waiting until somebody sets it. @throws TorchError DIST_RENDEZVOUS_FAILED after the timeout */
  get(key: string): string {
    return guarded(() => dist.storeGet(this.handle, key));
  }

  /** Adds to a counter that starts at 0 and gives its new value. */
  add(key: string, amount: number): number {
    return guarded(() => dist.storeAdd(this.handle, key, amount));
  }

  close(): void {
    dist.distRelease(this.handle);
  }
}

/** What a store's address names: `tcp://host:port` or `file:///path`. */
export function openStore(
  address: string,
  rank: number,
  numWorkers: number,
  timeoutMs: number,
  isServer = rank === 0,
): Store {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol === 'tcp:' && url.port !== '') {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    return Store.tcp({ host, port: Number(url.port), isServer, numWorkers, timeoutMs });
  }
  if (url?.protocol === 'file:') return Store.file({ path: fileURLToPath(url), numWorkers, timeoutMs });
  throw new TorchError(
    'TORCH_BAD_ARGUMENT',
    `Expected tcp://host:port or file:///path for store but received "${address}"`,
  );
}

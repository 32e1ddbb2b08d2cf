import type { Informer, KubernetesListObject, ObjectCache, V1Pod, Watch } from '@kubernetes/client-node';
import { apiMessage, type Cluster } from './client.ts';
import { labelNames, markLabel, selectAll } from './names.ts';

/** Between attempts to see the cluster again. */
const RETRY_MS = 1000;

export interface SeenPod {
  pod: V1Pod;
  /** Whether it is gone from the cluster: `pod` is what was seen of it last. */
  isDeleted: boolean;
}

/**
 * All pods of ours in a namespace, kept up to date by a watch that goes on from the last resourceVersion after a
 * disconnect, and from a new list where that is too old (410 Gone). What was deleted is remembered as it was last.
 */
export class PodWatch {
  /** null while pods are seen; else why not. */
  trouble: string | null = 'the API server has not answered yet';
  private readonly pods = new Map<string, Map<string, SeenPod>>();
  private readonly informer: Informer<V1Pod> & ObjectCache<V1Pod>;
  private readonly listed: Promise<void>;
  private retry: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor({ library, config, objects, namespace }: Cluster) {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    let hasListed = (): void => {};
    this.listed = new Promise((resolve) => {
      hasListed = resolve;
    });
    const list = async (): Promise<KubernetesListObject<V1Pod>> => {
      const found = await objects.list<V1Pod>('v1', 'Pod', namespace, ...unset, selectAll);
      this.trouble = null;
      setImmediate(hasListed);
      return found;
    };
    const watch = new library.Watch(config);
    const hears = guarded(watch, () => {
      this.trouble = null;
    });
    this.informer = new library.ListWatch<V1Pod>(path, hears, list, false, selectAll);
    this.informer.on('add', (pod) => this.see(pod, false));
    this.informer.on('update', (pod) => this.see(pod, false));
    this.informer.on('delete', (pod) => this.see(pod, true));
    this.informer.on('error', (error) => this.fail(error));
    void this.begin();
  }

  /** The pods of a group that were ever seen. Waits for the first list, but not long. */
  async of(group: string, waitMs = 3000): Promise<SeenPod[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, waitMs);
    });
    await Promise.race([this.listed, late]);
    clearTimeout(timer);
    return [...(this.pods.get(group)?.values() ?? [])];
  }

  /** Nothing more is asked of the groups of that mark. */
  forget(mark: string): void {
    for (const [group, pods] of this.pods) {
      const [first] = pods.values();
      const { labels } = first!.pod.metadata!;
      if (labels?.[labelNames.mark] === markLabel(mark)) this.pods.delete(group);
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.retry);
    await this.informer.stop();
  }

  private async begin(): Promise<void> {
    try {
      await this.informer.start();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.trouble = `the API server does not answer: ${apiMessage(error)}`;
    clearTimeout(this.retry);
    if (!this.isStopped) this.retry = setTimeout(() => void this.begin(), RETRY_MS);
  }

  private see(pod: V1Pod, isDeleted: boolean): void {
    const { uid, labels } = pod.metadata!;
    const group = labels?.[labelNames.group];
    if (group === undefined) return;
    let pods = this.pods.get(group);
    if (!pods && isDeleted) return;
    if (!pods) this.pods.set(group, (pods = new Map()));
    pods.set(uid!, { pod, isDeleted });
  }
}

/** Of the library's list: pretty, exact, exportt, fieldSelector. */
const unset = [undefined, undefined, undefined, undefined] as const;

/** A watch that tells of every failure by its callback; the library's rejects where it cannot get a token, and nobody listens. */
const guarded = (watch: Watch, hears: () => void): Watch =>
  Object.assign(Object.create(watch) as Watch, {
    async watch(...[path, query, see, done]: Parameters<Watch['watch']>): Promise<AbortController> {
      let isOver = false;
      const over = (error: unknown): void => {
        isOver = true;
        done(error);
      };
      try {
        const controller = await watch.watch(path, query, see, over);
        if (!isOver) hears();
        return controller;
      } catch (error) {
        over(error);
        return new AbortController();
      }
    },
  });

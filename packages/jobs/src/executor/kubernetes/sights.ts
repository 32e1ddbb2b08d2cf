import type { WorkerGroup, WorkerSight } from '../executor.ts';
import type { Cluster } from './client.ts';
import { find, podsOf, warningOf } from './cluster-objects.ts';
import { GroupFiles, type Started } from './group-files.ts';
import { LogFollower } from './log-follower.ts';
import { labelNames } from './names.ts';
import { hasBegun, sightOf } from './pod-state.ts';
import type { PodWatch, SeenPod } from './pod-watch.ts';
import { type WorkKind, type WorkObject, workKinds } from './work-objects.ts';

/** Between questions about what the watch does not see: the object of a group, events. */
const ASK_MS = 2000;

interface Asked {
  atMs: number;
  answer: Promise<string | null>;
}

/** What is seen of groups, from the watch of their pods and from what stands in their folders; follows their logs. */
export class Sights {
  private readonly followers = new Map<string, { mark: string; follower: LogFollower }>();
  private readonly asked = new Map<string, Asked>();
  private readonly cluster: Cluster;
  private readonly watch: PodWatch;

  constructor(cluster: Cluster, watch: PodWatch) {
    this.cluster = cluster;
    this.watch = watch;
  }

  async of(group: WorkerGroup): Promise<WorkerSight[]> {
    const files = new GroupFiles(group);
    const all = (sight: WorkerSight): WorkerSight[] => Array.from({ length: group.numWorkers }, () => sight);
    if (files.ended) return files.ended;
    if (files.isBarred) return all({ state: 'barred' });
    const { started } = files;
    if (!started) return all({ state: 'absent' });
    const kind = workKinds.find(({ object }) => object === started.object)!;
    const pods = await this.watch.of(started.name);
    const { trouble } = this.watch;
    if (trouble !== null && pods.length === 0) return all({ state: 'waiting', why: trouble });
    const own = Array.from({ length: group.numWorkers }, (_, worker) => newest(pods, kind, worker));
    const sights = await Promise.all(
      own.map((seen, worker) => this.sightOf(group, files, started, kind, worker, seen)),
    );
    if (sights.every(({ state }) => state !== 'waiting' && state !== 'running')) files.ended = sights;
    return sights;
  }

  forget(mark: string): void {
    this.watch.forget(mark);
    for (const [key, { mark: of, follower }] of this.followers) {
      if (of !== mark) continue;
      follower.stop();
      this.followers.delete(key);
    }
    if (this.asked.size > 1000) this.asked.clear();
  }

  stop(): void {
    for (const { follower } of this.followers.values()) follower.stop();
  }

  private async sightOf(
    group: WorkerGroup,
    files: GroupFiles,
    started: Started,
    kind: WorkKind,
    worker: number,
    seen: SeenPod | null,
  ): Promise<WorkerSight> {
    if (!seen || (seen.isDeleted && !hasBegun(seen.pod)))
      return this.withoutPod(files, started, kind, worker);
    const sight = seen.isDeleted ? lastOf(seen, files, worker) : sightOf(seen.pod);
    if (sight.state === 'waiting') {
      if (sight.why !== undefined) return sight;
      const why = await this.ask(seen.pod.metadata!.uid!, (uid) => warningOf(this.cluster, uid));
      return why === null ? sight : { ...sight, why };
    }
    const follower = this.follow(group, files, worker, seen);
    if (sight.state === 'running' || follower.isDone) return sight;
    // it has ended for us when its log is here
    follower.hasEnded = true;
    return { state: 'running' };
  }

  /** Of a worker that has no pod: not yet, or no more. */
  private async withoutPod(
    files: GroupFiles,
    { name, uid }: Started,
    kind: WorkKind,
    worker: number,
  ): Promise<WorkerSight> {
    const exit = files.exitOf(worker);
    if (exit) {
      // the watch may be late: a pod that is still there is seen soon, and its log followed
      const isThere = await podsOf(this.cluster, `${labelNames.group}=${name}`).then(
        (pods) => pods.some(({ metadata }) => kind.indexOf(metadata!.labels ?? {}) === worker),
        () => true,
      );
      return isThere ? { state: 'running' } : { state: 'ended', ...exit };
    }
    const why = await this.ask(uid, async () => {
      const object = await find<WorkObject & { status?: ObjectStatus }>(this.cluster, kind, name);
      if (!object) return `${GONE}${kind.kind} ${name} was deleted`;
      const failed = object.status?.conditions?.find(
        ({ type, status }) => type === 'Failed' && status === 'True',
      );
      if (failed) return `${GONE}${kind.kind} ${name} failed: ${failed.reason}: ${failed.message}`;
      return warningOf(this.cluster, uid);
    });
    if (files.isEnding && !files.hasBegun(worker)) return { state: 'barred' };
    if (files.isEnding) return { state: 'gone', why: 'it was told to end, and its pod is gone' };
    if (why?.startsWith(GONE)) return { state: 'gone', why: why.slice(GONE.length) };
    return { state: 'waiting', ...(why === null ? {} : { why }) };
  }

  private follow(group: WorkerGroup, files: GroupFiles, worker: number, { pod }: SeenPod): LogFollower {
    const key = `${group.dir}/${worker}`;
    const known = this.followers.get(key);
    if (known) return known.follower;
    const follower = new LogFollower(this.cluster, {
      pod: pod.metadata!.name!,
      container: pod.spec!.containers[0]!.name,
      file: files.logs![worker]!,
      placeFile: files.logPlace(worker),
    });
    this.followers.set(key, { mark: group.mark, follower });
    return follower;
  }

  /** An answer of the API, asked for again after a while; what cannot be asked is not known. */
  private ask(uid: string, question: (uid: string) => Promise<string | null>): Promise<string | null> {
    const known = this.asked.get(uid);
    if (known && Date.now() - known.atMs < ASK_MS) return known.answer;
    const answer = question(uid).catch(() => null);
    this.asked.set(uid, { atMs: Date.now(), answer });
    return answer;
  }
}

interface ObjectStatus {
  conditions?: { type: string; status: string; reason?: string; message?: string }[];
}

const GONE = 'gone: ';

/** The pod of a worker that was made last. */
function newest(pods: readonly SeenPod[], kind: WorkKind, worker: number): SeenPod | null {
  const own = pods.filter(({ pod }) => kind.indexOf(pod.metadata!.labels ?? {}) === worker);
  const madeMs = ({ pod }: SeenPod): number => new Date(pod.metadata!.creationTimestamp ?? 0).getTime();
  return own.sort((a, b) => madeMs(b) - madeMs(a))[0] ?? null;
}

/** Of a pod that was deleted: how it ended where that was seen, or its script wrote it down. */
function lastOf({ pod }: SeenPod, files: GroupFiles, worker: number): WorkerSight {
  const sight = sightOf(pod);
  if (sight.state === 'ended') return sight;
  const exit = files.exitOf(worker);
  if (exit) return { state: 'ended', ...exit };
  return { state: 'gone', why: `pod ${pod.metadata!.name} was deleted, or its node is gone` };
}

import type { Change, ObjectStore, Stored } from './object-store.ts';

const INDEX = 'batch.kubernetes.io/job-completion-index';

/** The pods that an object stands for. */
interface Wanted {
  name: string;
  labels: Record<string, string>;
  env: { name: string; value: string }[];
  hostname: string;
  template: Stored;
}

const suffix = (): string => Math.random().toString(36).slice(2, 7).padEnd(5, '0');

function podsOfJob({ metadata: { name }, spec }: Stored): Wanted[] {
  return Array.from({ length: spec.completions ?? 1 }, (_, i) => ({
    name: `${name}-${i}-${suffix()}`,
    labels: { 'batch.kubernetes.io/job-name': name, 'job-name': name, [INDEX]: String(i) },
    env: [{ name: 'JOB_COMPLETION_INDEX', value: String(i) }],
    hostname: `${name}-${i}`,
    template: spec.template,
  }));
}

/** As Kubeflow's training operator does it. */
function podsOfPyTorchJob({ metadata: { name }, spec }: Stored): Wanted[] {
  const { Master, Worker } = spec.pytorchReplicaSpecs;
  const size = 1 + (Worker?.replicas ?? 0);
  return Array.from({ length: size }, (_, rank) => {
    const [type, index] = rank === 0 ? ['master', 0] : ['worker', rank - 1];
    const pod = `${name}-${type}-${index}`;
    return {
      name: pod,
      labels: {
        'training.kubeflow.org/job-name': name,
        'training.kubeflow.org/replica-type': type as string,
        'training.kubeflow.org/replica-index': String(index),
      },
      env: Object.entries({
        MASTER_ADDR: `${name}-master-0`,
        MASTER_PORT: '23456',
        WORLD_SIZE: String(size),
        RANK: String(rank),
      }).map(([name, value]) => ({ name, value })),
      hostname: pod,
      template: (rank === 0 ? Master : Worker).template,
    };
  });
}

const workers: Record<
  string,
  { pods: (object: Stored) => Wanted[]; isSuspended: (object: Stored) => boolean }
> = {
  Job: { pods: podsOfJob, isSuspended: ({ spec }) => spec.suspend === true },
  PyTorchJob: { pods: podsOfPyTorchJob, isSuspended: ({ spec }) => spec.runPolicy?.suspend === true },
};

const isFinished = ({ status }: Stored): boolean => ['Succeeded', 'Failed'].includes(status.phase);

/** For tests: what makes pods of jobs, counts how they end, and collects what has no owner any more. */
export class Controllers {
  private readonly store: ObjectStore;
  private readonly made = new Set<string>();

  constructor(store: ObjectStore) {
    this.store = store;
    store.on((change) => queueMicrotask(() => this.react(change)));
  }

  private react({ type, object }: Change): void {
    if (type === 'DELETED') this.collect(object);
    if (Object.hasOwn(workers, object.kind) && type !== 'DELETED')
      this.reconcile(object.kind, object.metadata.name);
    const owner = object.kind === 'Pod' ? this.ownerOf(object) : null;
    if (owner) this.reconcile(owner.kind, owner.metadata.name);
  }

  private ownerOf({ metadata }: Stored): Stored | null {
    const uid = metadata.ownerReferences?.[0]?.uid;
    const all = Object.keys(workers).flatMap((kind) => this.store.list(kind));
    return all.find((object) => object.metadata.uid === uid) ?? null;
  }

  private collect({ metadata: { uid } }: Stored): void {
    for (const kind of ['Pod', 'Secret', 'Service']) {
      for (const { metadata } of this.store.list(kind)) {
        if (metadata.ownerReferences?.some((owner) => owner.uid === uid))
          deleteObject(this.store, kind, metadata.name);
      }
    }
  }

  private reconcile(kind: string, name: string): void {
    const object = this.store.get(kind, name);
    if (!object) return;
    const { pods, isSuspended } = workers[kind]!;
    const own = this.store
      .list('Pod')
      .filter((pod) => pod.metadata.ownerReferences?.[0]?.uid === object.metadata.uid);
    const active = own.filter((pod) => !isFinished(pod));
    const failed = own.filter(({ status }) => status.phase === 'Failed');
    const isOver =
      failed.length > 0 && (object.spec.backoffLimit === 0 || object.spec.runPolicy?.backoffLimit === 0);
    if (isSuspended(object) || (isOver && kind === 'Job')) {
      for (const { metadata } of active) deleteObject(this.store, 'Pod', metadata.name);
      if (isOver && !object.status?.conditions)
        this.store.update(kind, name, (job) => {
          const message = 'Job has reached the specified backoff limit';
          job.status = {
            conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message }],
          };
        });
      return;
    }
    if (this.made.has(object.metadata.uid)) return;
    this.made.add(object.metadata.uid);
    for (const wanted of pods(object)) this.make(object, wanted);
  }

  private make(
    { apiVersion, kind, metadata }: Stored,
    { name, labels, env, hostname, template }: Wanted,
  ): void {
    const spec = structuredClone(template.spec);
    spec.hostname = hostname;
    for (const container of spec.containers) container.env = [...(container.env ?? []), ...env];
    this.store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: metadata.namespace,
        labels: { ...template.metadata?.labels, ...labels },
        ownerReferences: [
          { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true } as { uid: string },
        ],
      },
      spec,
      status: { phase: 'Pending' },
    });
  }
}

/** Deletes as the API does: a pod is told, and goes when its node has ended it. */
export function deleteObject(store: ObjectStore, kind: string, name: string, graceSeconds?: number): void {
  if (kind !== 'Pod') {
    store.remove(kind, name);
    return;
  }
  const pod = store.get(kind, name);
  if (!pod) return;
  const seconds = graceSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  const { deletionTimestamp } = pod.metadata;
  const atMs = Date.now() + seconds * 1000;
  // a shorter time takes the place of a longer one, and nothing else does
  if (deletionTimestamp && new Date(deletionTimestamp).getTime() <= atMs) return;
  store.update(kind, name, ({ metadata }) => {
    metadata.deletionTimestamp = new Date(atMs).toISOString();
    metadata.deletionGracePeriodSeconds = seconds;
  });
}

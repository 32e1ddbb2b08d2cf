import type { KubernetesObject, V1JobSpec } from '@kubernetes/client-node';
import type { GroupSpec, WorkerGroup } from '../executor.ts';
import { groupName, labelNames, labelsOf } from './names.ts';
import type { ObjectKind } from './options.ts';
import { type PodPlace, podTemplate } from './pod.ts';

export interface WorkObject extends KubernetesObject {
  apiVersion: string;
  kind: string;
  spec: object;
}

/** A kind of object that the cluster makes the pods of a group from. */
export interface WorkKind {
  readonly object: ObjectKind;
  readonly apiVersion: string;
  readonly kind: string;
  make(
    group: WorkerGroup,
    spec: GroupSpec,
    place: PodPlace,
    cluster: { hasIndexLimits: boolean },
  ): WorkObject;
  /** Names of the workers' hosts within the namespace. */
  hosts(name: string, numWorkers: number): string[];
  /** The number of a pod's worker; null where it says none. */
  indexOf(labels: Readonly<Record<string, string>>): number | null;
  /** What takes its pods away and makes no new ones. */
  readonly suspended: object;
  /** Whether its pods can take all keys of a secret as variables. */
  readonly takesSecrets: boolean;
}

const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
const metadataOf = (group: WorkerGroup) => ({
  name: groupName(group),
  labels: labelsOf(group),
  annotations: { 'semblance/title': group.title ?? '', 'semblance/folder': group.dir },
});
const number = (text: string | undefined): number | null =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : null;

/** An indexed Job of the cluster itself: each worker is an index, and none is tried again but by us. */
const job: WorkKind = {
  object: 'job',
  apiVersion: 'batch/v1',
  kind: 'Job',
  make(group, spec, place, { hasIndexLimits }) {
    const { numWorkers } = group;
    const jobSpec: V1JobSpec = {
      completionMode: 'Indexed',
      completions: numWorkers,
      parallelism: numWorkers,
      // a worker that fails is ours to judge: where the cluster can, it leaves the others alone
      ...(hasIndexLimits ? { backoffLimitPerIndex: 0 } : { backoffLimit: 0 }),
      template: podTemplate(group, spec, place, 'worker'),
    };
    return { apiVersion: 'batch/v1', kind: 'Job', metadata: metadataOf(group), spec: jobSpec };
  },
  hosts: (name, numWorkers) => Array.from({ length: numWorkers }, (_, i) => `${name}-${i}.${name}`),
  indexOf: (labels) => number(labels[COMPLETION_INDEX]),
  suspended: { spec: { suspend: true } },
  takesSecrets: true,
};

/** Kubeflow's PyTorchJob: its operator sets torchrun's variables and makes the services. */
const pytorchjob: WorkKind = {
  object: 'pytorchjob',
  apiVersion: 'kubeflow.org/v1',
  kind: 'PyTorchJob',
  make(group, spec, place) {
    const set = ['RANK', 'WORLD_SIZE', 'MASTER_ADDR', 'MASTER_PORT'];
    const template = podTemplate(group, spec, place, 'pytorch', set);
    const replicas = (count: number) => ({ replicas: count, restartPolicy: 'Never', template });
    return {
      apiVersion: 'kubeflow.org/v1',
      kind: 'PyTorchJob',
      metadata: metadataOf(group),
      spec: {
        runPolicy: { backoffLimit: 0, cleanPodPolicy: 'None' },
        pytorchReplicaSpecs: {
          Master: replicas(1),
          ...(group.numWorkers > 1 ? { Worker: replicas(group.numWorkers - 1) } : {}),
        },
      },
    };
  },
  hosts: (name, numWorkers) =>
    Array.from({ length: numWorkers }, (_, i) => (i === 0 ? `${name}-master-0` : `${name}-worker-${i - 1}`)),
  indexOf(labels) {
    const replica = number(labels['training.kubeflow.org/replica-index']);
    if (replica === null) return null;
    return labels['training.kubeflow.org/replica-type']?.toLowerCase() === 'master' ? 0 : replica + 1;
  },
  suspended: { spec: { runPolicy: { suspend: true } } },
  takesSecrets: true,
};

/** Kubeflow's TrainJob (its version 2): a runtime of the cluster gives the frame, this the nodes and what they run. */
const trainjob: WorkKind = {
  object: 'trainjob',
  apiVersion: 'trainer.kubeflow.org/v1alpha1',
  kind: 'TrainJob',
  make(group, spec, place) {
    const { metadata, spec: pod } = podTemplate(group, spec, place, 'node');
    const { containers, volumes, serviceAccountName, nodeSelector, tolerations, imagePullSecrets } = pod!;
    const { image, command, args, env, resources, volumeMounts } = containers[0]!;
    // of a pod it takes no more than this; users and privileges are the runtime's to say
    const frame = { volumes, serviceAccountName, nodeSelector, tolerations, imagePullSecrets };
    const given = Object.entries(frame).filter(([, value]) => value !== undefined);
    return {
      apiVersion: 'trainer.kubeflow.org/v1alpha1',
      kind: 'TrainJob',
      metadata: metadataOf(group),
      spec: {
        runtimeRef: {
          apiGroup: 'trainer.kubeflow.org',
          kind: 'ClusterTrainingRuntime',
          name: 'torch-distributed',
        },
        trainer: { numNodes: group.numWorkers, image, command, args, env, resourcesPerNode: resources },
        podTemplateOverrides: [
          {
            targetJobs: [{ name: 'node' }],
            metadata,
            spec: { ...Object.fromEntries(given), containers: [{ name: 'node', volumeMounts }] },
          },
        ],
      },
    };
  },
  hosts: (name, numWorkers) => Array.from({ length: numWorkers }, (_, i) => `${name}-node-0-${i}.${name}`),
  indexOf: (labels) => number(labels[COMPLETION_INDEX]),
  suspended: { spec: { suspend: true } },
  takesSecrets: false,
};

/** Every kind of object, the one of the cluster itself last: it is always there. */
export const workKinds: readonly WorkKind[] = [trainjob, pytorchjob, job];

/** In place of a group that must never begin: an object of its name, suspended, that whoever comes later finds. */
export const barredObject = (group: WorkerGroup): WorkObject => ({
  apiVersion: job.apiVersion,
  kind: job.kind,
  metadata: { ...metadataOf(group), labels: { ...labelsOf(group), [labelNames.barred]: 'true' } },
  spec: {
    suspend: true,
    template: {
      spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'none', command: ['false'] }] },
    },
  } satisfies V1JobSpec,
});

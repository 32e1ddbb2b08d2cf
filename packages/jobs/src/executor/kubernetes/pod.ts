import type { V1EnvVar, V1PodTemplateSpec, V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import { noTelemetry } from '@semblance/core/no-telemetry';
import type { GroupSpec, WorkerGroup, WorkerLimits } from '../executor.ts';
import { MARK } from '../local.ts';
import { groupName, labelsOf } from './names.ts';
import type { KubernetesOptions } from './options.ts';
import { workerScript } from './worker-script.ts';

/** How long a pod that is told to end may take, whatever its version is given. */
const GRACE_SECONDS = 60;

/** What a pod may run beyond its time limit: its supervisor ends it before, and lets it save its work. */
const LATE_SECONDS = 120;

export interface PodPlace {
  options: KubernetesOptions;
  /** Folder of the jobs, which the claim holds. */
  home: string;
  /** Secret with what is kept nowhere else; null where there is none. */
  secret: string | null;
}

/**
 * The pod of each worker of a group. It holds no secret: those are named, and the cluster fills them in. It runs as the
 * supervisor's user with no privileges, so that both can write the folder of the jobs.
 *
 * @param left variables that whoever makes the pods sets itself
 */
export function podTemplate(
  group: WorkerGroup,
  spec: GroupSpec,
  { options, home, secret }: PodPlace,
  container: string,
  left: readonly string[] = [],
): V1PodTemplateSpec {
  const { env, command } = workerScript(group, spec);
  const { cwd } = spec.workers[0]!;
  const { timeoutMs } = spec.limits;
  const volumes = volumesOf(options, home);
  const isMounted = volumes.mounts.some(({ mountPath }) => isBelow(cwd, mountPath));
  const variables = { ...env, ...noTelemetry, [MARK]: group.mark };
  const { uid, gid } = options.user;
  return {
    metadata: { labels: labelsOf(group) },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: GRACE_SECONDS,
      // from when a node has taken it, not while it waits for one; and where no supervisor lives
      ...(timeoutMs == null ? {} : { activeDeadlineSeconds: Math.ceil(timeoutMs / 1000) + LATE_SECONDS }),
      // what finds it by name is the headless service of the same name
      ...(spec.workers.length > 1 ? { subdomain: groupName(group) } : {}),
      // a training asks nothing of the cluster
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(options.serviceAccount === null ? {} : { serviceAccountName: options.serviceAccount }),
      ...(options.pullSecret === null ? {} : { imagePullSecrets: [{ name: options.pullSecret }] }),
      ...(Object.keys(options.nodeSelector).length === 0
        ? {}
        : { nodeSelector: { ...options.nodeSelector } }),
      ...(options.tolerations.length === 0 ? {} : { tolerations: [...options.tolerations] }),
      securityContext: {
        runAsUser: uid,
        runAsGroup: gid,
        fsGroup: gid,
        ...(uid === 0 ? {} : { runAsNonRoot: true }),
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumes: volumes.volumes,
      containers: [
        {
          name: container,
          image: options.image,
          command: command.slice(0, 1).map(literal),
          args: command.slice(1).map(literal),
          ...(isMounted ? { workingDir: cwd } : {}),
          env: Object.entries(variables)
            .filter(([name]) => !left.includes(name))
            .map(([name, value]): V1EnvVar => ({ name, value: literal(value) })),
          envFrom: [...options.secrets, ...(secret === null ? [] : [secret])].map((name) => ({
            secretRef: { name },
          })),
          resources: resourcesOf(spec.limits, options.gpuResource),
          volumeMounts: volumes.mounts,
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

/** Kubernetes replaces `$(NAME)` in commands and values, and reads `$$` as one dollar. */
const literal = (text: string): string => text.replaceAll('$', '$$$$');

export const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

function resourcesOf(
  { cpus, memoryBytes, gpus = 0 }: WorkerLimits,
  gpuResource: string,
): { requests: Record<string, string>; limits: Record<string, string> } {
  const wanted = {
    ...(cpus === null ? {} : { cpu: String(cpus) }),
    ...(memoryBytes === null ? {} : { memory: String(memoryBytes) }),
    ...(gpus === 0 ? {} : { [gpuResource]: String(gpus) }),
  };
  return { requests: wanted, limits: { ...wanted } };
}

function volumesOf(
  { claim, claimPath, volumes }: KubernetesOptions,
  home: string,
): { volumes: V1Volume[]; mounts: V1VolumeMount[] } {
  return {
    volumes: [
      { name: 'jobs', persistentVolumeClaim: { claimName: claim } },
      ...volumes.map(({ claim: name }, i) => ({
        name: `data-${i}`,
        persistentVolumeClaim: { claimName: name, readOnly: true },
      })),
      // what workers and loaders share: the usual 64 MB are too few
      { name: 'shm', emptyDir: { medium: 'Memory' } },
    ],
    mounts: [
      { name: 'jobs', mountPath: home, ...(claimPath === null ? {} : { subPath: claimPath }) },
      ...volumes.map(({ path }, i) => ({ name: `data-${i}`, mountPath: path, readOnly: true })),
      { name: 'shm', mountPath: '/dev/shm' },
    ],
  };
}

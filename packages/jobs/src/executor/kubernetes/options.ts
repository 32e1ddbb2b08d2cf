import type { V1Toleration } from '@kubernetes/client-node';
import { SemblanceError } from '../../error.ts';
import type { ExecutorOptions } from '../kind.ts';

/** What a version may say about where and how its pods run: a name and a line of help each. */
export const optionHelp = {
  image: 'the image that the workers run in',
  claim: 'the PersistentVolumeClaim that holds the folder of the jobs; mounted at the path it has here',
  'claim-path': 'folder within that claim, where it is not its root',
  volumes: 'further claims with what workers read: faces-claim:/srv/faces,…',
  namespace: 'the namespace (default: the one of the context)',
  context: 'a context of the kubeconfig (default: the current one)',
  'service-account': 'the service account of the pods',
  'pull-secret': 'the secret with the credentials of the image’s registry',
  secrets: 'secrets whose keys become environment variables: s3-keys,…',
  'node-selector': 'labels that a node must have: disk=ssd,…',
  tolerations: 'taints that are tolerated: gpu=yes:NoSchedule,spot:NoSchedule,…',
  'gpu-resource': 'what the cluster calls a GPU (default: nvidia.com/gpu)',
  user: 'user and group of the pods, 1000:1000 (default: those of the supervisor)',
  object: 'job, pytorchjob or trainjob (default: what the cluster has for several workers, job for one)',
} as const;

export type ObjectKind = 'job' | 'pytorchjob' | 'trainjob';

export interface KubernetesOptions {
  image: string;
  claim: string;
  claimPath: string | null;
  volumes: readonly { claim: string; path: string }[];
  namespace: string | null;
  context: string | null;
  serviceAccount: string | null;
  pullSecret: string | null;
  secrets: readonly string[];
  nodeSelector: Readonly<Record<string, string>>;
  tolerations: readonly V1Toleration[];
  gpuResource: string;
  user: { uid: number; gid: number };
  /** null: what the cluster has. */
  object: ObjectKind | null;
}

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/**
 * The options read and checked.
 *
 * @throws USAGE_MISSING_ARGUMENT, USAGE_INVALID_VALUE
 */
export function readOptions(given: ExecutorOptions): KubernetesOptions {
  const text = (name: keyof typeof optionHelp): string | null => given[name] ?? null;
  const named = (name: keyof typeof optionHelp): string | null => checkedName(name, text(name));
  const required = (name: 'image' | 'claim', flag: string): string => {
    const value = text(name);
    if (value) return value;
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      `executor kubernetes needs ${flag}: ${optionHelp[name]}`,
    );
  };
  const image = required('image', '--image IMAGE');
  if (/\s/.test(image)) throw invalid('image', image, 'registry/name:tag');
  return {
    image,
    claim: checkedName('claim', required('claim', '--executor-option claim=NAME'))!,
    claimPath: text('claim-path'),
    volumes: list(text('volumes')).map(volume),
    namespace: named('namespace'),
    context: text('context'),
    serviceAccount: named('service-account'),
    pullSecret: named('pull-secret'),
    secrets: list(text('secrets')).map((name) => checkedName('secrets', name)!),
    nodeSelector: Object.fromEntries(list(text('node-selector')).map((pair) => label(pair))),
    tolerations: list(text('tolerations')).map(toleration),
    gpuResource: text('gpu-resource') ?? 'nvidia.com/gpu',
    user: user(text('user')),
    object: objectKind(text('object')),
  };
}

const list = (text: string | null): string[] => (text === null ? [] : text.split(',').filter(Boolean));

const invalid = (option: string, value: string, expected: string): SemblanceError =>
  new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected ${expected} for the option ${option} of executor kubernetes but received '${value}'`,
  );

function checkedName(option: string, value: string | null): string | null {
  if (value === null || (NAME.test(value) && value.length <= 253)) return value;
  throw invalid(option, value, 'a name of lower-case letters, digits and dashes');
}

function volume(text: string): { claim: string; path: string } {
  const [, claim, path] = /^([^:]+):(\/.+)$/.exec(text) ?? [];
  if (claim === undefined || path === undefined) throw invalid('volumes', text, 'CLAIM:/path');
  return { claim: checkedName('volumes', claim)!, path };
}

function label(text: string): [string, string] {
  const [, key, value] = /^([^=]+)=([A-Za-z0-9._-]*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined) throw invalid('node-selector', text, 'LABEL=value');
  return [key, value];
}

/** `key`, `key=value`, each with `:effect` where only that is tolerated: as `kubectl taint` writes them. */
function toleration(text: string): V1Toleration {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?(?::(.+))?$/.exec(text) ?? [];
  if (key === undefined || (effect !== undefined && !effects.includes(effect)))
    throw invalid('tolerations', text, `KEY[=value][:${effects.join('|')}]`);
  return {
    key,
    ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
    ...(effect === undefined ? {} : { effect }),
  };
}

function user(text: string | null): { uid: number; gid: number } {
  // whoever supervises has made the folders that the workers write to
  if (text === null) return { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };
  const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(text) ?? [];
  if (uid === undefined) throw invalid('user', text, 'UID:GID');
  return { uid: Number(uid), gid: Number(gid ?? uid) };
}

function objectKind(text: string | null): ObjectKind | null {
  if (text === null || text === 'job' || text === 'pytorchjob' || text === 'trainjob') return text;
  throw invalid('object', text, 'job, pytorchjob or trainjob');
}

import type { CoreV1Event, KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { type Cluster, statusOf } from './client.ts';
import { selectMark } from './names.ts';
import { type WorkKind, workKinds } from './work-objects.ts';

/** Of the library's list and delete: what stands before what is wanted. */
const none = undefined;

/** Makes an object; what is there already of that name is given instead. */
export async function ensure<T extends KubernetesObject>(
  { objects, namespace }: Cluster,
  object: T,
): Promise<{ object: T; isNew: boolean }> {
  const placed = { ...object, metadata: { ...object.metadata, namespace } };
  try {
    return { object: await objects.create(placed), isNew: true };
  } catch (error) {
    if (statusOf(error) !== 409) throw error;
  }
  const { apiVersion, kind } = object;
  const metadata = { name: object.metadata!.name!, namespace };
  return { object: await objects.read<T>({ apiVersion, kind, metadata } as never), isNew: false };
}

/** The object; null where there is none. */
export async function find<T extends KubernetesObject>(
  { objects, namespace }: Cluster,
  { apiVersion, kind }: Pick<WorkKind, 'apiVersion' | 'kind'>,
  name: string,
): Promise<T | null> {
  try {
    return await objects.read<T>({ apiVersion, kind, metadata: { name, namespace } } as never);
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** Takes the pods of an object away; it makes no new ones. */
export async function suspend(
  { objects, namespace, library }: Cluster,
  kind: WorkKind,
  name: string,
): Promise<void> {
  const { apiVersion, kind: of, suspended } = kind;
  const patch = { apiVersion, kind: of, metadata: { name, namespace }, ...suspended };
  try {
    await objects.patch(patch, none, none, none, none, library.PatchStrategy.MergePatch);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

export async function podsOf({ objects, namespace }: Cluster, selector: string): Promise<V1Pod[]> {
  const { items } = await objects.list<V1Pod>('v1', 'Pod', namespace, none, none, none, none, selector);
  return items;
}

/** Ends a pod within a second. Forced at once it would only be forgotten, and could run on. */
export const killPod = (cluster: Cluster, { metadata }: V1Pod): Promise<void> =>
  remove(cluster, { apiVersion: 'v1', kind: 'Pod', metadata: { name: metadata!.name! } }, 1);

/** Everything that was made for a version, pods excepted: those go with what made them. */
export async function removeAll(cluster: Cluster, mark: string, kinds: readonly WorkKind[]): Promise<void> {
  const made = [...kinds, { apiVersion: 'v1', kind: 'Service' }, { apiVersion: 'v1', kind: 'Secret' }];
  for (const { apiVersion, kind } of made) {
    const { items } = await cluster.objects.list(
      ...([apiVersion, kind, cluster.namespace, none, none, none, none, selectMark(mark)] as const),
    );
    for (const { metadata } of items)
      await remove(cluster, { apiVersion, kind, metadata: { name: metadata!.name! } });
  }
}

async function remove(
  { objects, namespace }: Cluster,
  object: KubernetesObject,
  graceSeconds?: number,
): Promise<void> {
  const placed = { ...object, metadata: { ...object.metadata, namespace } };
  try {
    await objects.delete(placed, none, none, graceSeconds, none, 'Background');
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

/** The newest warning about an object; null where there is none. */
export async function warningOf({ objects, namespace }: Cluster, uid: string): Promise<string | null> {
  const about = `involvedObject.uid=${uid},type=Warning`;
  const { items } = await objects.list<CoreV1Event>('v1', 'Event', namespace, none, none, none, about);
  const timeOf = (event: CoreV1Event): number =>
    new Date(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? 0).getTime();
  const newest = items.sort((a, b) => timeOf(b) - timeOf(a))[0];
  return newest ? `${newest.reason}: ${newest.message}` : null;
}

/** The kinds of objects that the cluster has, and what it can do. */
export async function abilitiesOf({
  config,
  library,
}: Cluster): Promise<{ kinds: WorkKind[]; hasIndexLimits: boolean }> {
  const custom = config.makeApiClient(library.CustomObjectsApi);
  const kinds: WorkKind[] = [];
  for (const kind of workKinds) {
    const [group, version] = kind.apiVersion.split('/') as [string, string];
    if (kind.object === 'job') {
      kinds.push(kind);
      continue;
    }
    try {
      const { resources } = await custom.getAPIResources({ group, version });
      if (resources.some((resource) => resource.kind === kind.kind)) kinds.push(kind);
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }
  const { major, minor } = await config.makeApiClient(library.VersionApi).getCode();
  // of 1.29 on, an index that fails leaves the others alone
  return { kinds, hasIndexLimits: Number(major) > 1 || Number.parseInt(minor, 10) >= 29 };
}

import { SemblanceError } from '../../error.ts';
import type { Executor, GroupSpec, Rendezvous, WorkerGroup, WorkerSight } from '../executor.ts';
import { apiMessage, type Cluster, connect, patiently } from './client.ts';
import { abilitiesOf, ensure, find, killPod, podsOf, removeAll, suspend } from './cluster-objects.ts';
import { environmentSecret, RENDEZVOUS_PORT, rendezvousService, secretName } from './dependents.ts';
import { GroupFiles } from './group-files.ts';
import { groupName, labelNames, selectMark } from './names.ts';
import type { KubernetesOptions } from './options.ts';
import { isActive } from './pod-state.ts';
import { PodWatch } from './pod-watch.ts';
import { Sights } from './sights.ts';
import { barredObject, type WorkKind, type WorkObject, workKinds } from './work-objects.ts';

/** How long pods that were told to end at once are waited for. */
const GONE_MS = 30_000;

/**
 * Workers as pods of a cluster that see the folder of the jobs at the path it has here. Everything of a group hangs on
 * one object of a name that follows from the group: made once, found again by whoever comes later, deleted with all
 * that it owns when its version has ended.
 *
 * @param home folder of the jobs
 * @throws those of {@link connect}
 */
export async function kubernetesExecutor(options: KubernetesOptions, home: string): Promise<Executor> {
  const cluster = await connect(options);
  const watch = new PodWatch(cluster);
  const sights = new Sights(cluster, watch);
  // a cluster that does not answer now may hold workers of ours: it is asked when something is to be made or removed
  let asking: ReturnType<typeof abilitiesOf> | undefined;
  const abilities = (): ReturnType<typeof abilitiesOf> => {
    asking ??= patiently(() => abilitiesOf(cluster)).catch((error: unknown) => {
      asking = undefined;
      throw new Error(`the cluster cannot be asked what it has: ${apiMessage(error)}`, { cause: error });
    });
    return asking;
  };

  /** What makes the pods of a group: for one worker the cluster's own Job, for several what it has for training. */
  const kindFor = async (numWorkers: number, hasSecret: boolean): Promise<WorkKind> => {
    const { kinds } = await abilities();
    const fits = kinds.filter((kind) => kind.takesSecrets || (!hasSecret && options.secrets.length === 0));
    const wanted = options.object ?? (numWorkers > 1 ? fits[0]!.object : 'job');
    const found = fits.find(({ object }) => object === wanted);
    if (found) return found;
    const known = kinds.some(({ object }) => object === wanted);
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      known
        ? `a ${wanted} takes no secrets: leave out the option secrets, or choose another object`
        : `the cluster has no ${wanted}; it has ${kinds.map(({ object }) => object).join(', ')}`,
    );
  };

  async function start(
    group: WorkerGroup,
    spec: GroupSpec,
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const files = new GroupFiles(group);
    if (files.ended || files.started || files.isBarred) return;
    const hasSecret = Object.keys(env).length > 0;
    const kind = await kindFor(group.numWorkers, hasSecret);
    const { hasIndexLimits } = await abilities();
    const secret = hasSecret ? secretName(group) : null;
    files.logs ??= spec.workers.map(({ stderr }) => stderr);
    try {
      const made = kind.make(group, spec, { options, home, secret }, { hasIndexLimits });
      const { object } = await patiently(() => ensure<WorkObject>(cluster, made));
      if (object.metadata!.labels?.[labelNames.barred]) return files.bar();
      const { name, uid } = object.metadata as { name: string; uid: string };
      const owner = { apiVersion: kind.apiVersion, kind: kind.kind, name, uid };
      if (hasSecret) await patiently(() => ensure(cluster, environmentSecret(group, env, owner)));
      if (group.numWorkers > 1 && kind.object === 'job')
        await patiently(() => ensure(cluster, rendezvousService(group, owner)));
      files.started = { object: kind.object, name, uid };
    } catch (error) {
      throw error instanceof SemblanceError ? error : new Error(apiMessage(error), { cause: error });
    }
  }

  async function end(group: WorkerGroup, isForced: boolean): Promise<void> {
    const files = new GroupFiles(group);
    if (files.ended || files.isBarred) return;
    const { kinds } = files.started ? { kinds: [] } : await abilities();
    if (!files.started && !(await patiently(() => takePlace(cluster, group, files, kinds)))) return;
    const { object, name } = files.started!;
    files.tellToEnd();
    const kind = workKinds.find((of) => of.object === object)!;
    await patiently(() => suspend(cluster, kind, name));
    if (!isForced) return;
    const pods = await podsOf(cluster, `${labelNames.group}=${groupName(group)}`);
    await Promise.all(pods.filter(isActive).map((pod) => killPod(cluster, pod)));
  }

  async function endLeftovers(mark: string): Promise<number> {
    const left = (await podsOf(cluster, selectMark(mark))).filter(isActive);
    await removeAll(cluster, mark, (await abilities()).kinds);
    await Promise.all(left.map((pod) => killPod(cluster, pod)));
    const until = Date.now() + GONE_MS;
    while (left.length > 0 && (await podsOf(cluster, selectMark(mark))).some(isActive)) {
      if (Date.now() > until) throw new Error(`pods of ${mark} do not end: is their node gone?`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    sights.forget(mark);
    return left.length;
  }

  const rendezvous = async (group: WorkerGroup): Promise<Rendezvous> => ({
    hosts: (await kindFor(group.numWorkers, false)).hosts(groupName(group), group.numWorkers),
    port: RENDEZVOUS_PORT,
  });

  return {
    name: 'kubernetes',
    start,
    look: (group: WorkerGroup): Promise<WorkerSight[]> => sights.of(group),
    end,
    endLeftovers,
    rendezvous,
    async close() {
      sights.stop();
      await watch.stop();
    },
  };
}

/** Takes the place of a group that was not seen to begin. @returns whether it had begun, and is there to be ended */
async function takePlace(
  cluster: Cluster,
  group: WorkerGroup,
  files: GroupFiles,
  kinds: readonly WorkKind[],
): Promise<boolean> {
  // of the other kinds there may be an object, too, whose maker was killed before he wrote that down
  for (const kind of kinds) {
    const found = await find<WorkObject>(cluster, kind, groupName(group));
    if (!found || found.metadata!.labels?.[labelNames.barred]) continue;
    files.started = { object: kind.object, name: found.metadata!.name!, uid: found.metadata!.uid! };
    return true;
  }
  const { object, isNew } = await ensure(cluster, barredObject(group));
  const isBarred = isNew || object.metadata!.labels?.[labelNames.barred] !== undefined;
  if (isBarred) files.bar();
  else files.started = { object: 'job', name: object.metadata!.name!, uid: object.metadata!.uid! };
  return !isBarred;
}

import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { WorkerSight } from '../executor.ts';

/** What a pod says of its worker, by what kubelet and scheduler wrote into its status. */
export function sightOf(pod: V1Pod): WorkerSight {
  const { phase, reason, message } = pod.status ?? {};
  const container = pod.status?.containerStatuses?.[0];
  const terminated = container?.state?.terminated ?? container?.lastState?.terminated;
  if (terminated) {
    const atMs = terminated.finishedAt ? new Date(terminated.finishedAt).getTime() : Date.now();
    const why = endOf(terminated.reason, terminated.message, pod);
    return { state: 'ended', code: terminated.exitCode, atMs, ...(why === null ? {} : { why }) };
  }
  if (phase === 'Failed' || phase === 'Succeeded')
    return { state: 'gone', why: [reason, message].filter(Boolean).join(': ') || `its pod ${phase}` };
  if (container?.state?.running) return { state: 'running' };
  const why = waitingFor(pod, container);
  return { state: 'waiting', ...(why === null ? {} : { why }) };
}

/** Whether its worker has begun at any time. */
export const hasBegun = ({ status }: V1Pod): boolean => {
  const container = status?.containerStatuses?.[0];
  return Boolean(
    container?.state?.running ?? container?.state?.terminated ?? container?.lastState?.terminated,
  );
};

/** Whether something of it may still run. */
export const isActive = ({ status }: V1Pod): boolean =>
  status?.phase !== 'Succeeded' && status?.phase !== 'Failed';

/** What else is known of an end: not that a command failed, which its code says. */
function endOf(reason: string | undefined, message: string | undefined, pod: V1Pod): string | null {
  const disruption = pod.status?.conditions?.find(
    ({ type, status }) => type === 'DisruptionTarget' && status === 'True',
  );
  if (disruption) return `${disruption.reason}: ${disruption.message}`;
  if (reason === 'OOMKilled') {
    const limit = pod.spec?.containers[0]?.resources?.limits?.memory;
    return `OOMKilled: it used more memory than ${limit ? `its limit of ${limit} bytes` : 'its node has'}`;
  }
  if (reason === undefined || reason === 'Error' || reason === 'Completed') return null;
  return message ? `${reason}: ${message}` : reason;
}

function waitingFor(pod: V1Pod, container: V1ContainerStatus | undefined): string | null {
  const waiting = container?.state?.waiting;
  // what every pod passes through says nothing
  if (waiting?.reason && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing')
    return waiting.message ? `${waiting.reason}: ${waiting.message}` : waiting.reason;
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (!unscheduled?.reason) return null;
  return unscheduled.message ? `${unscheduled.reason}: ${unscheduled.message}` : unscheduled.reason;
}

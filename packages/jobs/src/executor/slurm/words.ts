import type { JobFate, QueuedJob } from './queue.ts';

/** What Slurm says while its controller, or munge, is away for a moment: the same may be answered later. */
const passing =
  /Unable to contact slurm controller|Socket timed out|Zero Bytes|connect failure|Connection (refused|reset|timed out)|slurm_receive|slurm_msg_sendto|standby mode|authentication|munge|temporarily|Transport endpoint|configuration source|fetch_config|\bKilled$|\bTerminated$/im;

export const isPassing = (stderr: string): boolean => passing.test(stderr);

/** Slurm's last word on why it does not do something, without its program's name. */
export function refusalOf(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^\w+: (error|fatal): /, '').trim())
    .filter((line) => line !== '');
  const last = lines.at(-1)?.replace(/^Batch job submission failed: |^allocation failure: /, '') ?? '';
  // the line before is the one with the value in it
  const before = lines.at(-2);
  return before !== undefined && lines.length === 2 && !isPassing(stderr) ? `${last} (${before})` : last;
}

/** What to do where Slurm refuses a job. */
const mends: readonly (readonly [RegExp, string])[] = [
  [/partition/i, 'sinfo lists the partitions; name one with --executor-option partition=NAME'],
  [
    /node configuration is not available/i,
    'no node has that much: ask for less, or spread the workers with --executor-option nodes=N',
  ],
  [
    /account/i,
    'sacctmgr show associations user=$USER lists yours; name one with --executor-option account=NAME',
  ],
  [/qos/i, 'sacctmgr show qos lists them; name one with --executor-option qos=NAME'],
  [/time limit/i, 'ask for less with --executor-option time=HH:MM:SS'],
  [/configuration source/i, 'name the cluster’s slurm.conf in SLURM_CONF'],
];

/** The refusal with what to do next, where that is known. */
export function withMend(message: string): string {
  const mend = mends.find(([pattern]) => pattern.test(message));
  return mend ? `${message}; ${mend[1]}` : message;
}

const waits: readonly (readonly [RegExp, string])[] = [
  [/^Resources$/, 'not enough CPUs, memory or GPUs are free now'],
  [/^Priority$/, 'jobs of higher priority come first'],
  [/^JobHeldUser$/, 'it is held: scontrol release ID'],
  [/^JobHeldAdmin$/, 'an administrator holds it'],
  [/^Partition(Down|Inactive)$/, 'the partition starts no jobs now'],
  [/^PartitionTimeLimit$/, 'it asks for more time than the partition gives'],
  [/^PartitionNodeLimit$/, 'it asks for more nodes than the partition gives'],
  [/^ReqNodeNotAvail/, 'nodes that it needs are down, drained or reserved: sinfo -R'],
  [/^Node(Down|s)/, 'nodes that it needs are down: sinfo -R'],
  [/^(Assoc|QOS|Acc)/, 'a limit of the account or QOS is reached'],
  [/^BadConstraints$/, 'no node is as it asks for'],
  [/^(Invalid|QOSNot)/, 'it can never run so: stop it and change the option'],
];

/** Why a job waits: the scheduler's word, and what it means. */
export function waitOf({ id, state, reason }: QueuedJob): string {
  if (state !== 'PENDING') return `Slurm job ${id} is starting`;
  if (reason === 'None' || reason === '') return `Slurm job ${id} is in the queue`;
  const meaning = waits.find(([pattern]) => pattern.test(reason))?.[1].replace('ID', id);
  return `Slurm job ${id}: ${reason}${meaning ? ` (${meaning})` : ''}`;
}

const ends: Readonly<Record<string, string>> = {
  TIMEOUT: 'reached its time limit: give more with --executor-option time=1-00:00:00',
  DEADLINE: 'reached its deadline',
  OUT_OF_MEMORY: 'used more memory than it was given: give more with --memory',
  NODE_FAIL: 'lost its node',
  BOOT_FAIL: 'got a node that did not start',
  PREEMPTED: 'was preempted',
  REQUEUED: 'was put back into the queue',
  CANCELLED: 'was cancelled in Slurm',
  COMPLETED: 'is over',
  FAILED: 'failed',
};

/** How a job ended; null for one that nobody knows of any more. */
export function endOf(id: string, fate: JobFate | null): string {
  if (!fate) return `Slurm knows job ${id} no more`;
  const reason = fate.reason === 'None' || fate.state in ends ? '' : ` (${fate.reason})`;
  return `Slurm job ${id} ${ends[fate.state] ?? `ended as ${fate.state}`}${reason}`;
}

/** Whether the cluster took the place away: the work is not to blame. */
export const isTakenAway = (fate: JobFate | null): boolean =>
  fate !== null && ['NODE_FAIL', 'BOOT_FAIL', 'PREEMPTED', 'REQUEUED'].includes(fate.state);

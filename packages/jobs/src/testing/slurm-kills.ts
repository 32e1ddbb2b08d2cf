import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesMarked } from '../executor/process-table.ts';
import { storePaths } from '../home.ts';
import type { KillsUnder, Victim } from './kill-harness.ts';
import type { SlurmCluster, SlurmDaemon } from './slurm.ts';

/** How long a daemon that was killed stays away, at most. */
const AWAY_MS = 3000;
/** How long a process is waited for. */
const FIND_MS = 4000;
const EMPTY_MS = 60_000;

/** For the kill harness: versions under executor slurm, and everything of Slurm's that can be killed. */
export function slurmKills(cluster: SlurmCluster, home: string): KillsUnder {
  const daemon = (name: SlurmDaemon): Victim => ({
    name,
    async kill(_, random) {
      await cluster.kill(name);
      await sleep(random() * AWAY_MS);
      await cluster.start(name);
      return 1;
    },
  });
  /** Waits for such a process of any version, and kills one: most of the time jobs wait for their places. */
  const ofJobs = (name: string, find: () => readonly number[], share: 'one' | 'all' = 'one'): Victim => ({
    name,
    async kill(_, random) {
      const untilMs = Date.now() + FIND_MS;
      while (Date.now() < untilMs) {
        const found = find();
        if (found.length > 0)
          return killAll(share === 'all' ? found : [found[Math.floor(random() * found.length)]!]);
        await sleep(10);
      }
      return 0;
    },
  });
  const byLine = (matches: RegExp) => (): number[] =>
    ofCluster(home).flatMap(({ pid, line }) => (matches.test(line) ? [pid] : []));
  const workers = (): number[] =>
    processesMarked((group) => group.startsWith(home), 'SEMBLANCE_GROUP').map(({ pid }) => pid);
  // Slurm takes a node out of service whose daemons died in a bad moment; whoever runs it puts it back
  const caretaker = setInterval(() => {
    const update = ['update', 'nodename=ALL', 'state=resume'];
    execFile('scontrol', update, { env: { ...process.env, ...cluster.env } }, () => {}); // most times there is nothing to do
  }, 2000);
  return {
    executor: { name: 'slurm', options: {} },
    victims: [
      daemon('slurmctld'),
      daemon('slurmctld'),
      daemon('slurmd'),
      daemon('slurmd'),
      ofJobs('worker', workers),
      ofJobs('worker', workers),
      ofJobs('launcher', byLine(/launch\.sh/)),
      ofJobs('batch script', byLine(/slurm_script/)),
      ofJobs('srun', byLine(/\bsrun\b/)),
      ofJobs('slurmstepd', byLine(/^slurmstepd/)),
      ofJobs('submission', byLine(/submit\.sh|\bsbatch\b/)),
      ofJobs('all of the jobs', byLine(/^/), 'all'),
    ],
    async problems() {
      const untilMs = Date.now() + EMPTY_MS;
      while (Date.now() < untilMs && cluster.queue().length > 0) await sleep(200);
      clearInterval(caretaker);
      return cluster.queue().map((job) => `a job is left in the queue: ${job}`);
    },
  };
}

interface Found {
  pid: number;
  line: string;
}

/** Processes that serve versions' jobs: those that name their folders, and Slurm's that look after those. */
function ofCluster(home: string): Found[] {
  const all = readdirSync('/proc').flatMap((entry): Found[] => {
    try {
      const line = readFileSync(`/proc/${/^\d+$/.test(entry) ? entry : 'none'}/cmdline`, 'utf8');
      return [{ pid: Number(entry), line: line.replaceAll('\0', ' ') }];
    } catch {
      return []; // it has ended, or is none
    }
  });
  const { versions } = storePaths(home);
  const own = all.filter(
    ({ line }) => line.includes(`${versions}/`) && line.includes('/work') && !/^\S*node /.test(line),
  );
  const parents = new Set(own.map(({ pid }) => parentOf(pid)));
  const keepers = all.filter(({ pid, line }) => line.startsWith('slurmstepd') && parents.has(pid));
  return [...own, ...keepers];
}

function parentOf(pid: number): number {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return 0; // it has ended
  }
}

function killAll(pids: readonly number[]): number {
  let numKilled = 0;
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
      numKilled++;
    } catch {
      // it was faster
    }
  }
  return numKilled;
}

/** What supervisors of such runs find in their environment: the cluster, and short waits. */
export const slurmKillEnv = ({ env }: Pick<SlurmCluster, 'env'>): Readonly<Record<string, string>> => ({
  ...env,
  SEMBLANCE_SLURM_POLL_MS: '200',
  SEMBLANCE_JOB_SLOTS: '4',
  SEMBLANCE_JOB_IDLE_MS: '1000',
  SEMBLANCE_JOB_GRACE_MS: '1000',
});

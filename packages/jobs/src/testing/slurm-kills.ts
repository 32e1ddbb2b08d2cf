import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { versionPaths } from '../home.ts';
import type { Version } from '../model.ts';
import type { KillsUnder, Victim } from './kill-harness.ts';
import type { SlurmCluster, SlurmDaemon } from './slurm.ts';

/** How long a daemon that was killed stays away, at most. */
const AWAY_MS = 3000;
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
  /** One of the processes of a version's job whose command line matches. */
  const ofJob = (name: string, matches: RegExp): Victim => ({
    name,
    async kill(version, random) {
      const found = processesOf(home, version).filter(({ line }) => matches.test(line));
      const one = found[Math.floor(random() * found.length)];
      return one ? killAll([one.pid]) : 0;
    },
  });
  const whole: Victim = {
    name: 'all of a job',
    kill: async (version) => killAll(processesOf(home, version).map(({ pid }) => pid)),
  };
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
      ofJob('launcher', /launch\.sh/),
      ofJob('batch script', /slurm_script/),
      ofJob('srun', /\bsrun\b/),
      ofJob('slurmstepd', /slurmstepd/),
      ofJob('submission', /submit\.sh|\bsbatch\b/),
      whole,
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

/** Processes that serve a version's job: those that name its folder, and Slurm's that look after those. */
function processesOf(home: string, version: Version): Found[] {
  const { dir } = versionPaths(home, version);
  const all = readdirSync('/proc').flatMap((entry): Found[] => {
    try {
      const line = readFileSync(`/proc/${/^\d+$/.test(entry) ? entry : 'none'}/cmdline`, 'utf8');
      return [{ pid: Number(entry), line: line.replaceAll('\0', ' ') }];
    } catch {
      return []; // it has ended, or is none
    }
  });
  const own = all.filter(({ line }) => line.includes(`${dir}/attempts/`) && !/\bnode\b/.test(line));
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

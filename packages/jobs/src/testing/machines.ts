import { MARK } from '../executor/local.ts';
import { processesMarked } from '../executor/process-table.ts';
import type { Version } from '../model.ts';
import type { JobService } from '../service.ts';
import { supervisorOf } from '../supervisor/lock.ts';

/** For tests: whether a supervisor lives for what calls itself a machine. */
export const isSupervised = (home: string, machine: string): boolean => supervisorOf(home, machine) !== null;

/** For tests: kills the supervisor of a machine, `kill -9`. */
export const killSupervisor = (home: string, machine: string): void =>
  void process.kill(supervisorOf(home, machine)!.pid, 'SIGKILL');

/** For tests: what is left when a machine dies that runs one version: all at once, so that nobody writes down what became of the others. */
export function killMachine({ home, store }: JobService, machine: string, { id }: Version): void {
  const found = processesMarked((mark) => mark === `${store.id}:${id}`, MARK);
  if (found.length === 0) throw new Error('nothing of the version runs');
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const)
    for (const { pid } of [supervisorOf(home, machine)!, ...found]) process.kill(pid, signal);
}

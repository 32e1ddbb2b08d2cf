import { appendFileSync, existsSync } from 'node:fs';
import { MARK } from '../executor/local.ts';
import { type Marked, processesMarked, TICKS_PER_SECOND } from '../executor/process-table.ts';
import { versionPaths } from '../home.ts';
import type { Version } from '../model.ts';
import { type GpuUse, sampleGpus } from '../record/gpus.ts';
import { decide } from './advance.ts';
import type { SupervisorContext } from './context.ts';
import { markOf } from './groups.ts';

/** What a version used at one moment: a line of its system.jsonl. */
export interface SystemSample {
  atMs: number;
  /** Cores in use since the sample before; null in the first. */
  cpu: number | null;
  memoryBytes: number;
  numProcesses: number;
  gpus: GpuUse[];
}

interface Before {
  atMs: number;
  cpuTicks: Map<number, number>;
}

const MIB = 2 ** 20;

/** Measures what running versions use, and ends those that use more memory than they may. */
export class Sampler {
  private readonly before = new Map<number, Before>();

  async sample(context: SupervisorContext, running: readonly Version[]): Promise<void> {
    if (running.length === 0) return this.before.clear();
    const marks = new Map(running.map((version) => [markOf(context.store.id, version), version]));
    const byMark = Map.groupBy(
      processesMarked((mark) => marks.has(mark), MARK),
      ({ mark }) => mark,
    );
    const gpus = running.some((version) => version.gpus.length > 0) ? await sampleGpus() : [];
    for (const [mark, version] of marks) {
      const processes = byMark.get(mark) ?? [];
      const sample: SystemSample = {
        ...this.measure(version.id, processes),
        gpus: gpus.filter(({ index }) => version.gpus.includes(index)),
      };
      const { dir, system } = versionPaths(context.home, version);
      if (existsSync(dir)) appendFileSync(system, `${JSON.stringify(sample)}\n`);
      await checkMemory(context, version, sample);
    }
  }

  private measure(id: number, processes: readonly Marked[]): Omit<SystemSample, 'gpus'> {
    const atMs = Date.now();
    const before = this.before.get(id);
    let ticks = 0;
    // a process that began since then has used all of its time since then
    for (const { pid, cpuTicks } of processes)
      ticks += Math.max(0, cpuTicks - (before?.cpuTicks.get(pid) ?? 0));
    this.before.set(id, { atMs, cpuTicks: new Map(processes.map(({ pid, cpuTicks }) => [pid, cpuTicks])) });
    const seconds = before ? (atMs - before.atMs) / 1000 : 0;
    return {
      atMs,
      cpu: seconds > 0 ? Math.round((ticks / TICKS_PER_SECOND / seconds) * 100) / 100 : null,
      memoryBytes: processes.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
      numProcesses: processes.length,
    };
  }
}

async function checkMemory(
  context: SupervisorContext,
  version: Version,
  { memoryBytes }: SystemSample,
): Promise<void> {
  const limit = version.spec.resources.memoryBytes;
  if (limit === null || memoryBytes <= limit || version.ending) return;
  const inMib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
  const reason = `it used ${inMib(memoryBytes)} of memory, more than its limit of ${inMib(limit)}`;
  await decide(context, version, { to: 'failed', reason, exitCode: null, isNow: true, sinceMs: Date.now() });
}

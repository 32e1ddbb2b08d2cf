import { join } from 'node:path';
import { writeFileAside } from '@semblance/core/files';
import { asSemblanceError, SemblanceError } from '../error.ts';
import { versionPaths } from '../home.ts';
import type { Artifact, Metric } from '../model.ts';
import { recordArtifacts } from '../record/artifacts.ts';
import { mergeMetrics, runMetrics } from '../record/best.ts';
import { closeSnapshot } from '../record/snapshot.ts';
import { folderFiles } from '../storage/folder-files.ts';
import { copyUp } from '../storage/index.ts';
import { filledLocation, withLocation } from './places.ts';
import { hasWorkFailed, runStep } from './run-step.ts';

/** What the step after the work found. */
export interface Delivered {
  artifacts: Artifact[];
  metrics: Record<string, Metric>;
}

/** Name of the output that stands for the logs. */
const LOGS = 'logs';

await runStep(1, async ({ home, job, number, spec }, parts, say) => {
  const paths = versionPaths(home, { job, number });
  const kind = parts.kind(spec.task);
  let metrics: Record<string, Metric> = {};
  for (const read of [runMetrics.bind(null, kind), kind.finalMetrics]) {
    try {
      metrics = mergeMetrics(metrics, await read(paths.outputs));
    } catch (error) {
      // figures of a run are worth less than its outputs, which arrive all the same
      const { code, message } = asSemblanceError(error);
      say(`[deliver] metrics cannot be read: ${code}: ${message}`);
    }
  }
  const artifacts = await recordArtifacts(paths.outputs);
  for (const { name, location: named } of spec.outputs) {
    const location = filledLocation(named, { job, number });
    say(`[deliver] output ${name} to ${location}`);
    const from = name === LOGS ? paths.logs : join(paths.outputs, name);
    if (!(await hasFiles(from))) {
      // work that failed need not have come so far
      if (hasWorkFailed()) {
        say(`[deliver] output ${name} was not written`);
        continue;
      }
      const written = artifacts.slice(0, 5).map(({ path }) => path);
      const message = `output ${name} was never written: the work left ${written.length === 0 ? 'no file' : `only ${written.join(', ')}`}; let it write to {outputs}/${name}`;
      throw new SemblanceError('DATA_EMPTY', message);
    }
    await withLocation(location, parts, (storage) => copyUp(from, storage));
  }
  const written = closeSnapshot(paths);
  if (written.length > 0)
    say(
      `[deliver] beside its code the run wrote ${written.length} ${written.length === 1 ? 'file, which stays' : 'files, which stay'} in ${paths.code}: ${written.slice(0, 5).join(', ')}${written.length > 5 ? ', …' : ''}`,
    );
  await writeFileAside(paths.delivered, JSON.stringify({ artifacts, metrics } satisfies Delivered));
});

async function hasFiles(folder: string): Promise<boolean> {
  for await (const _ of folderFiles(folder)) return true;
  return false;
}

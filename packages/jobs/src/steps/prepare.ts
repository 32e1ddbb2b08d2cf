import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAside } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { versionPaths } from '../home.ts';
import type { ChangedCode, DataRecord } from '../model.ts';
import { changedCode } from '../record/changed-code.ts';
import { recordData } from '../record/data.ts';
import { type OpenSnapshot, openSnapshot } from '../record/snapshot.ts';
import { copyDown, predownload } from '../storage/index.ts';
import { filledLocation, makeFolders, placeOf, withLocation } from './places.ts';
import { INPUTS_MISSING, runStep } from './run-step.ts';

/** What the step before the work found. */
export interface Prepared {
  /** Where each input lies on this machine. */
  places: Record<string, string>;
  data: DataRecord[];
  /** Where the snapshot of the code lies that this attempt runs. */
  code?: OpenSnapshot | null;
  /** What this attempt runs in place that is other code than was recorded. */
  changed?: ChangedCode[];
}

await runStep(INPUTS_MISSING, async ({ home, job, number, spec, code: recorded }, parts, say) => {
  const paths = versionPaths(home, { job, number });
  await makeFolders(paths.inputs, paths.outputs, paths.data);

  if (spec.predownload) {
    for (const { name, location: named } of spec.outputs) {
      const location = filledLocation(named, { job, number });
      const found = await withLocation(location, parts, (storage) =>
        predownload(storage, join(paths.outputs, name)),
      );
      say(`[prepare] earlier output ${name} at ${location}: ${found}`);
    }
  }

  const code = parts.isInImage(spec) ? null : await openSnapshot(home, paths);
  const changed = code === null && recorded ? await changedCode(spec.codeDir, recorded, paths) : [];
  if (changed.length > 0) {
    const names = changed.slice(0, 5).map(({ name }) => name);
    const more = changed.length > names.length ? ' and others' : '';
    say(
      `[prepare] WARNING: this attempt runs other code than was recorded: ${names.join(', ')}${more} changed`,
    );
  }

  const places: Record<string, string> = {};
  for (const { name, location } of spec.inputs) {
    const dir = join(paths.inputs, name);
    const copied = await withLocation(location, parts, (storage) => copyDown(storage, dir));
    const { files, sizeBytes, skippedBytes } = copied;
    say(
      `[prepare] input ${name}: ${files} files, ${sizeBytes} bytes from ${location}, ${skippedBytes} were here`,
    );
    places[name] = await placeOf(dir, location);
  }
  const { options } = parts.kind(spec.task);
  const local = Object.entries(spec.options).filter(([name]) => options[name] === 'input' && !places[name]);
  for (const [name, path] of local) {
    if (!existsSync(path))
      throw new SemblanceError('PATH_NOT_FOUND', `input ${name} does not exist: ${path}`);
    places[name] = path;
  }

  const data: DataRecord[] = [];
  for (const [name, path] of Object.entries(places)) {
    const location = spec.inputs.find((input) => input.name === name)?.location ?? path;
    data.push(await recordData({ name, location, path }, join(paths.data, `${name}.tsv`)));
  }
  await writeFileAside(paths.prepared, JSON.stringify({ places, data, code, changed } satisfies Prepared));
});

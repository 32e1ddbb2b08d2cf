import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '@semblance/core';
import { makeFolderSync, writeFileAside } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { storePaths, versionPaths } from '../home.ts';
import { MACHINE } from '../machine-name.ts';
import type { ChangedCode, DataRecord } from '../model.ts';
import { changedCode } from '../record/changed-code.ts';
import { recordData } from '../record/data.ts';
import { FingerprintCache } from '../record/fingerprint-cache.ts';
import { type OpenSnapshot, openSnapshot } from '../record/snapshot.ts';
import { copyDown, predownload } from '../storage/index.ts';
import { lastAttempt, whoReadOther } from './earlier-data.ts';
import { referInPlace } from './in-place.ts';
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

const PROGRESS_MS = 5000;

await runStep(INPUTS_MISSING, async ({ home, job, number, spec, code: recorded, earlier }, parts, say) => {
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

  const taken = parts.kind(spec.task).resume?.taken ?? [];
  if (spec.resumeFrom !== undefined && !taken.some((path) => existsSync(join(paths.outputs, path)))) {
    for (const path of taken) {
      const from = join(spec.resumeFrom, path);
      if (existsSync(from)) await cp(from, join(paths.outputs, path), { recursive: true });
    }
    say(`[prepare] goes on with the checkpoints of ${spec.resumeFrom}`);
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

  // workers elsewhere, or in an image, do not see the disks of this machine
  const isHere = !parts.isElsewhere(spec) && !parts.isInImage(spec);
  const places: Record<string, string> = {};
  for (const { name, location } of spec.inputs) {
    const dir = join(paths.inputs, name);
    const place = isHere ? await referInPlace(location, dir, parts.storage) : null;
    if (place !== null) {
      say(`[prepare] input ${name}: ${place}, where it lies`);
      places[name] = place;
      continue;
    }
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

  using cache = new FingerprintCache(fingerprintsOf(home));
  const earlierReads = [...(await lastAttempt(paths.prepared)), ...(earlier ? [earlier] : [])];
  const data: DataRecord[] = [];
  for (const [name, path] of Object.entries(places)) {
    const location = spec.inputs.find((input) => input.name === name)?.location ?? path;
    let saidMs = Date.now();
    const onFile = (numDone: number, numFiles: number): void => {
      if (Date.now() - saidMs < PROGRESS_MS) return;
      saidMs = Date.now();
      say(`[prepare] input ${name}: ${numDone} of ${numFiles} files are fingerprinted`);
    };
    const numKnownBefore = cache.numKnown;
    const hash = (file: string): Promise<string> => cache.hash(file);
    const record = await recordData({ name, location, path }, join(paths.data, `${name}.tsv`), {
      hash,
      onFile,
    });
    const differsFrom = whoReadOther(record, earlierReads);
    data.push(differsFrom === null ? record : { ...record, differsFrom });
    say(
      `[prepare] input ${name}: ${record.numFiles} files fingerprinted, ${cache.numKnown - numKnownBefore} of them known from before`,
    );
    if (differsFrom !== null)
      say(`[prepare] WARNING: input ${name} is not what ${differsFrom} read at ${location}`);
  }
  await writeFileAside(paths.prepared, JSON.stringify({ places, data, code, changed } satisfies Prepared));
});

/** Not on a disk of the network, which other machines write to as well: SQLite's log is no help there. */
function fingerprintsOf(home: string): string {
  if (process.env[MACHINE] === undefined) return storePaths(home).fingerprints;
  const dir = cacheFolder(process.env);
  makeFolderSync(dir, { mode: 0o700 });
  return join(dir, 'fingerprints.sqlite');
}

import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mapAhead } from '@semblance/core/async';
import { hashFile } from '@semblance/core/files';
import type { Artifact } from '../model.ts';

const FILES_AHEAD = 4;

/** Every file below the outputs with its SHA-256, in the order of the paths; links are not followed. */
export async function recordArtifacts(outputs: string): Promise<Artifact[]> {
  const entries = await readdir(outputs, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []; // the command wrote nothing
      throw error;
    },
  );
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(outputs.length + 1))
    .sort();
  const describe = async (path: string): Promise<Artifact> => {
    const full = join(outputs, path);
    return { path, sizeBytes: (await lstat(full)).size, sha256: await hashFile(full) };
  };
  return Array.fromAsync(mapAhead(paths, describe, FILES_AHEAD));
}

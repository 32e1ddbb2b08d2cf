import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashBytes, safeRelativePath, writeFile } from '@semblance/core/files';
import { unzipSync } from 'fflate';
import { SemblanceError } from '../../error.ts';

export interface ZipMember {
  /** Its bare name, in whatever folder of the archive. */
  file: string;
  sha256?: string | undefined;
}

/** No network of the kind is larger; an archive that says so is made to fill a disk. */
const MOST_BYTES = 2 ** 30;

/**
 * Takes files out of a zip archive by name, and nothing else, each to `dir`.
 *
 * @returns their paths, in order
 * @throws SemblanceError DATA_CORRUPT for what is no such archive, lacks a member or holds it twice;
 *   DOWNLOAD_WRONG_CONTENT for one with another SHA-256; PATH_OUTSIDE_ROOT for a member that is meant to lie elsewhere
 */
export async function takeMembers(
  archive: string,
  members: readonly ZipMember[],
  dir: string,
): Promise<string[]> {
  const found = new Map<string, string>();
  const content = unpack(await readFile(archive), archive, (path, sizeBytes) => {
    const member = members.find(({ file }) => file === basename(path));
    if (!member) return false;
    safeRelativePath(path);
    if (sizeBytes > MOST_BYTES)
      throw new SemblanceError('DATA_CORRUPT', `${archive}: ${path} claims to have ${sizeBytes} bytes`);
    if (found.has(member.file))
      throw new SemblanceError('DATA_CORRUPT', `${archive} contains ${member.file} twice`);
    found.set(member.file, path);
    return true;
  });
  const paths: string[] = [];
  for (const { file, sha256 } of members) {
    const bytes = content[found.get(file) ?? ''];
    if (!bytes) throw new SemblanceError('DATA_CORRUPT', `${archive} does not contain ${file}`);
    if (sha256 !== undefined && hashBytes(bytes) !== sha256) {
      throw new SemblanceError(
        'DOWNLOAD_WRONG_CONTENT',
        `${file} in ${archive} is not the file in the catalogue: its SHA-256 is ${hashBytes(bytes)} and not ${sha256}`,
      );
    }
    const path = join(dir, file);
    await writeFile(path, bytes);
    paths.push(path);
  }
  return paths;
}

/** The members that `isWanted` says yes to, by their path in the archive. */
function unpack(
  bytes: Uint8Array,
  archive: string,
  isWanted: (path: string, sizeBytes: number) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: ({ name, originalSize }) => isWanted(name, originalSize) });
  } catch (cause) {
    if (cause instanceof SemblanceError) throw cause;
    throw new SemblanceError('DATA_CORRUPT', `${archive} is not a readable zip archive`, { cause });
  }
}

import { type FileHandle, open } from 'node:fs/promises';
import { safeRelativePath } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { BLOCK, decodeTarHeader, isTarHeader, parsePax, type TarHeader } from './tar-header.ts';

/** A file within a tar file. */
export interface TarMember {
  name: string;
  /** First byte of its content. */
  start: number;
  sizeBytes: number;
}

/** Names and the like are short; a claim of more is no tar file of anybody's. */
const MOST_HEADER_BYTES = 1 << 20;

/** Whether the file's first block is a header of tar. */
export async function isTarFile(path: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return false; // a folder, or nothing: no tar file
  }
  try {
    const block = Buffer.alloc(BLOCK);
    return (
      (await file.stat()).isFile() &&
      (await file.read(block, 0, BLOCK, 0)).bytesRead === BLOCK &&
      isTarHeader(block)
    );
  } finally {
    await file.close();
  }
}

/**
 * The files of a tar file (POSIX ustar and pax, GNU) with the place of their content, read without unpacking anything.
 *
 * @throws SemblanceError PATH_OUTSIDE_ROOT for a name that is absolute or holds `..`, and for links; DATA_CORRUPT where it is
 *   damaged or cut short; DATA_INVALID for devices and sparse files
 */
export async function readTarMembers(path: string): Promise<TarMember[]> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const members: TarMember[] = [];
  const next = { name: null as string | null, sizeBytes: null as number | null };
  for (let at = 0; at + BLOCK <= size; ) {
    const header = decodeTarHeader(await readAt(file, at, BLOCK), `${path}, byte ${at}`);
    if (header === null) break;
    const start = at + BLOCK;
    const isContent = header.kind === 'file' || header.kind === 'unknown';
    const sizeBytes = isContent ? (next.sizeBytes ?? header.sizeBytes) : header.sizeBytes;
    if (start + sizeBytes > size)
      throw new SemblanceError('DATA_CORRUPT', `${path} ends within ${header.name}`);
    at = start + Math.ceil(sizeBytes / BLOCK) * BLOCK;

    if (header.kind === 'pax' || header.kind === 'long-name') {
      await readNext(file, header, start, path, next);
      continue;
    }
    if (header.kind === 'pax-global' || header.kind === 'long-link') continue;
    const name = next.name ?? header.name;
    [next.name, next.sizeBytes] = [null, null];
    if (header.kind === 'folder') {
      if (name !== './' && name !== '.') safeRelativePath(name);
      continue;
    }
    if (header.kind !== 'file') throw refused(path, name, header.kind);
    members.push({ name: safeRelativePath(name), start, sizeBytes });
  }
  return members;
}

/** What stands before a member and is said of it. */
async function readNext(
  file: FileHandle,
  { kind, sizeBytes }: TarHeader,
  start: number,
  path: string,
  next: { name: string | null; sizeBytes: number | null },
): Promise<void> {
  if (sizeBytes > MOST_HEADER_BYTES)
    throw new SemblanceError('DATA_CORRUPT', `${path}: a name of ${sizeBytes} bytes`);
  const bytes = await readAt(file, start, sizeBytes);
  if (kind === 'long-name') {
    next.name = bytes.toString('utf8').replace(/\0.*$/s, '');
    return;
  }
  const records = parsePax(bytes, path);
  next.name = records.get('path') ?? next.name;
  const claimed = records.get('size');
  if (claimed !== undefined) next.sizeBytes = Number(claimed);
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse')))
    throw refused(path, next.name ?? '', 'sparse');
}

async function readAt(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  await file.read(bytes, 0, length, start);
  return bytes;
}

function refused(path: string, name: string, kind: string): SemblanceError {
  return kind === 'link'
    ? new SemblanceError('PATH_OUTSIDE_ROOT', `${path}: ${name} is a link, and links are not followed`)
    : new SemblanceError('DATA_INVALID', `${path}: ${name} is not a regular file (${kind})`);
}

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { byCodeUnit } from '@semblance/core/files';
import { packTar, type TarSource } from 'modern-tar/fs';
import { SemblanceError } from '../../error.ts';
import type { ImageLayout } from './layout.ts';
import { type Layer, media } from './media.ts';

/** Something in a layer: a file or a link of this machine, bytes, or a folder. */
export interface LayerEntry {
  /** Absolute path in the image. */
  path: string;
  /** Path on this machine; or the content; null for a folder. */
  from: string | { content: string | Uint8Array } | null;
  /** Permissions; 755 for folders and 644 for files unless given. */
  mode?: number;
  /** Owner (0). */
  uid?: number;
  /** Group; that of the owner's number unless given. */
  gid?: number;
}

/**
 * Writes a layer that depends on its entries alone: sorted by path, folders before what is in them, without dates, owners
 * as given. The same entries make the same digest on every machine with this version of Node.js; the digest of what it
 * unpacks to is the same with all.
 *
 * @param title what the layer holds, for whoever inspects the image
 */
export async function writeLayer(
  layout: ImageLayout,
  entries: readonly LayerEntry[],
  title: string,
): Promise<Layer> {
  const sources = [...withFolders(entries).values()].sort((a, b) => byCodeUnit(a.path, b.path)).map(sourceOf);
  const tar = packTar(sources, {
    map: (header) => ({ ...header, ...(header.type === 'symlink' && { mode: 0o777 }) }),
  });
  let diffId = '';
  const blob = await layout.putWritten(async (path) => {
    const [unpacked, packed] = [hashing(), hashing()];
    await pipeline(
      tar as Readable,
      unpacked.stream,
      createGzip({ level: 6 }),
      packed.stream,
      createWriteStream(path),
    );
    diffId = unpacked.digest();
    return { digest: packed.digest(), size: packed.size() };
  }, media.layer);
  return { descriptor: { ...blob, annotations: { 'org.opencontainers.image.title': title } }, diffId };
}

/**
 * Everything below a folder as entries of a layer, with the permissions it has here.
 *
 * @param at where it lies in the image
 * @param keeps whether something is taken, by its path below the folder
 */
export async function folderEntries(
  from: string,
  at: string,
  { uid = 0, keeps = () => true }: { uid?: number; keeps?: (path: string) => boolean } = {},
): Promise<LayerEntry[]> {
  const entries: LayerEntry[] = [];
  const visit = async (below: string): Promise<void> => {
    const names = await readdir(join(from, below), { withFileTypes: true });
    for (const entry of names) {
      const path = join(below, entry.name);
      if (!keeps(path)) continue;
      const facts = await lstat(join(from, path));
      const mode = facts.mode & 0o7777;
      if (entry.isDirectory()) {
        entries.push({ path: join(at, path), from: null, mode, uid });
        await visit(path);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        entries.push({ path: join(at, path), from: join(from, path), mode, uid });
      } else if (facts.isCharacterDevice() && facts.rdev === 0) {
        // how an overlay says that something below it is gone
        entries.push({ path: join(at, below, `.wh.${entry.name}`), from: { content: '' } });
      } else
        throw new SemblanceError(
          'DATA_INVALID',
          `${join(from, path)} is neither a file, a folder nor a link`,
        );
    }
  };
  await visit('');
  return entries;
}

/** The entries with every folder above them; the last of two entries of one path counts. */
function withFolders(entries: readonly LayerEntry[]): Map<string, LayerEntry> {
  const all = new Map<string, LayerEntry>();
  for (const { path } of entries) {
    const parts = path.split('/').slice(1, -1);
    for (let i = 1; i <= parts.length; i++) {
      const folder = `/${parts.slice(0, i).join('/')}`;
      if (!all.has(folder)) all.set(folder, { path: folder, from: null });
    }
  }
  for (const entry of entries) all.set(entry.path, entry);
  return all;
}

const epoch = new Date(0);

function sourceOf({ path, from, mode, uid = 0, gid = uid }: LayerEntry): TarSource {
  const common = { mtime: epoch, uid, gid };
  const target = path.slice(1);
  if (from === null)
    return { ...common, type: 'content', target: `${target}/`, content: null, mode: mode ?? 0o755 };
  if (typeof from === 'string')
    return { ...common, type: 'file', source: from, target, ...(mode !== undefined && { mode }) };
  return { ...common, type: 'content', target, content: from.content, mode: mode ?? 0o644 };
}

/** Passes bytes on, and knows their SHA-256 and their number. */
export function hashing() {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, digest: () => `sha256:${hash.digest('hex')}`, size: () => size };
}

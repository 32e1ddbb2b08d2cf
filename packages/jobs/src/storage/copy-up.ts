import { mapAhead } from '@semblance/core/async';
import { type FolderFile, folderFiles, startHash } from './folder-files.ts';
import { isOwnKey, MANIFEST_KEY, type ObjectsManifest, UPLOAD_KEY } from './manifest.ts';
import { type CopyOptions, type CopyReport, FILES_AHEAD, progressOf } from './progress.ts';
import type { ObjectStorage } from './storage.ts';

/**
 * Copies a folder to a location: several files at a time, large ones in parts, those that are there with the same
 * SHA-256 passed over. The manifest is written last: until then the location counts as incomplete.
 *
 * Objects at the location that the folder does not hold are left alone, and are not in the manifest.
 *
 * @throws SemblanceError PATH_OUTSIDE_ROOT for links in the folder, STORAGE_CORRUPT for a file that changes meanwhile,
 *   and those of {@link ObjectStorage}.
 */
export async function copyUp(
  folder: string,
  storage: ObjectStorage,
  options: CopyOptions = {},
): Promise<CopyReport> {
  const { signal } = options;
  const files = (await Array.fromAsync(folderFiles(folder))).filter(({ key }) => !isOwnKey(key));
  const progress = progressOf(files, options);
  const encoder = new TextEncoder();
  const startedAt = new Date().toISOString();
  await storage.put(UPLOAD_KEY, encoder.encode(JSON.stringify({ startedAt })));

  async function send({ key, path, sizeBytes }: FolderFile): Promise<[string, string]> {
    signal?.throwIfAborted();
    const sha256 = (await startHash(path, signal)).digest('hex');
    const there = await storage.head(key);
    if (there?.sha256 === sha256 && there.sizeBytes === sizeBytes) progress.pass(sizeBytes);
    else {
      const onBytes = progress.bytes;
      await storage.putFile(key, path, { sha256, sizeBytes, onBytes, ...(signal ? { signal } : {}) });
    }
    progress.file(key);
    return [key, sha256];
  }

  const sizes = new Map(files.map(({ key, sizeBytes }) => [key, sizeBytes]));
  const manifest: ObjectsManifest = { format: 'semblance-objects/1', createdAt: startedAt, files: {} };
  for await (const [key, sha256] of mapAhead(files, send, FILES_AHEAD)) {
    manifest.files[key] = { sizeBytes: sizes.get(key)!, sha256 };
  }
  signal?.throwIfAborted();
  await storage.put(MANIFEST_KEY, encoder.encode(JSON.stringify(manifest)));
  await storage.remove(UPLOAD_KEY);
  return progress.report();
}

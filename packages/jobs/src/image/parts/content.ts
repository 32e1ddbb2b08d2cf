import { realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SemblanceError } from '../../error.ts';
import { recordData } from '../../record/data.ts';
import type { ImageDescription } from '../description.ts';
import { folderEntries, type LayerEntry, writeLayer } from '../oci/layer.ts';
import type { Layer } from '../oci/media.ts';
import { IMAGE_UID, imagePlaces } from '../places.ts';
import type { MadeLayers } from './made-layers.ts';

/** Something of the user's that gets a layer of its own. */
interface Content {
  title: string;
  from: string;
  at: string;
  /** What is never taken along. */
  leaves?: RegExp;
}

/** History and settings of a working copy: they hold secrets more often than code. */
const workingCopy = /(^|\/)(\.git|\.env[^/]*|\.npmrc|\.ssh|\.aws|\.docker)(\/|$)/;

export interface ContentLayers {
  layers: Layer[];
  labels: Record<string, string>;
}

/**
 * A layer for code, data, gallery and each model, and for the files of a description; labels tell what is in them:
 * `semblance.data.fingerprint`, the fingerprint that versions record of the same folder, `….files` and `….bytes`.
 *
 * @param work an empty folder
 * @throws PATH_NOT_FOUND, OCI_DESCRIPTION_INVALID
 */
export async function contentLayers(
  made: MadeLayers,
  { with: folders, files }: ImageDescription,
  work: string,
): Promise<ContentLayers> {
  const { code, data, gallery, models } = folders;
  const names = models.map((path) => basename(path));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new SemblanceError(
      'OCI_DESCRIPTION_INVALID',
      `two models have the folder name ${twice}: rename one of them`,
    );
  const all: Content[] = [
    ...(code === undefined ? [] : [{ title: 'code', from: code, at: imagePlaces.code, leaves: workingCopy }]),
    ...(data === undefined ? [] : [{ title: 'data', from: data, at: imagePlaces.data }]),
    ...(gallery === undefined ? [] : [{ title: 'gallery', from: gallery, at: imagePlaces.gallery }]),
    ...models.map((from, i) => ({
      title: `model.${names[i]}`,
      from,
      at: join(imagePlaces.models, names[i]!),
    })),
  ];
  const found: ContentLayers = { layers: [], labels: {} };
  for (const content of all) {
    const from = await folderAt(content);
    const { title, at, leaves } = content;
    const { fingerprint, numFiles, sizeBytes } = await recordData(
      { name: title, location: from, path: from },
      join(work, `${title}.tsv`),
    );
    // a service opens its gallery for writing, although what it writes ends with the container
    const entries = await folderEntries(from, at, { uid: IMAGE_UID, keeps: (path) => !leaves?.test(path) });
    entries.unshift({ path: at, from: null, uid: IMAGE_UID });
    const layer = await writeLayer(made.layout, entries.map(readable), title);
    layer.descriptor.annotations = { ...layer.descriptor.annotations, 'semblance.fingerprint': fingerprint };
    found.layers.push(layer);
    Object.assign(found.labels, {
      [`semblance.${title}.fingerprint`]: fingerprint,
      [`semblance.${title}.files`]: String(numFiles),
      [`semblance.${title}.bytes`]: String(sizeBytes),
    });
  }
  if (Object.keys(files).length > 0) found.layers.push(await filesLayer(made, files));
  return found;
}

async function folderAt({ title, from }: Content): Promise<string> {
  const facts = await stat(from).catch(() => null);
  if (!facts) throw new SemblanceError('PATH_NOT_FOUND', `${title} does not exist: ${from}`);
  if (!facts.isDirectory()) throw new SemblanceError('DATA_INVALID', `${title} must be a folder: ${from}`);
  return realpath(from);
}

async function filesLayer(made: MadeLayers, files: Readonly<Record<string, string>>): Promise<Layer> {
  const entries: LayerEntry[] = [];
  for (const [path, from] of Object.entries(files)) {
    const facts = await stat(from).catch(() => null);
    if (!facts) throw new SemblanceError('PATH_NOT_FOUND', `the file for ${path} does not exist: ${from}`);
    if (facts.isDirectory()) entries.push(...(await folderEntries(from, path)));
    else entries.push({ path, from, mode: facts.mode & 0o777 });
  }
  return writeLayer(made.layout, entries.map(readable), 'files');
}

/** Whoever wrote the files here, the image's user reads them; the machine's umask is not part of the image. */
function readable(entry: LayerEntry): LayerEntry {
  if (entry.mode === undefined) return entry;
  const isProgram = (entry.mode & 0o100) !== 0 || entry.from === null;
  return { ...entry, mode: isProgram ? 0o755 : 0o644 };
}

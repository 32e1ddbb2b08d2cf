import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { statOrThrow, textOf } from '@semblance/core/files';
import { detectionLabelsIn, isDetectionLabels } from './detection-labels.ts';
import { isPairList } from './pairs.ts';
import { isTarFile } from './tar/tar-members.ts';

/** What a set of data is for. */
export type DatasetTask = 'people' | 'verification-bin' | 'pairs' | 'detection';

/** Beginning of a file that tells what it is. */
const HEAD_BYTES = 4096;

/**
 * Tells what lies at a path: people's photos (a folder per person, RecordIO, tar), a `.bin` verification set, a list of pairs, or
 * detection labels. By content; a folder without labels is taken for a folder per person.
 *
 * @throws SemblanceError PATH_NOT_FOUND
 */
export async function recogniseDataset(path: string): Promise<DatasetTask> {
  if ((await statOrThrow(path)).isDirectory()) {
    const names = await readdir(path);
    if (names.includes('train.rec')) return 'people';
    if (/^F[FP]$/.test(basename(path)) && basename(dirname(path)) === 'Split') return 'pairs';
    const labels = detectionLabelsIn(names);
    return labels !== null && isDetectionLabels(headText(await headOf(join(path, labels))))
      ? 'detection'
      : 'people';
  }
  if (path.endsWith('.rec') || (await isTarFile(path))) return 'people';
  const bytes = await headOf(path);
  // protocols 2 to 5 begin with their mark; 0 and 1 with a tuple or a list of which the first item is a list
  const isMarked = bytes[0] === 0x80 && bytes[1]! <= 5;
  const head = headText(bytes);
  if (isMarked || /^\(+[l\]]/.test(head)) return 'verification-bin';
  return isPairList(head) ? 'pairs' : 'detection';
}

async function headOf(path: string): Promise<Uint8Array> {
  await using file = await open(path, 'r');
  const bytes = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await file.read(bytes, 0, HEAD_BYTES, 0);
  return bytes.subarray(0, bytesRead);
}

/** The head as text; a line that its end cuts off says nothing. */
function headText(bytes: Uint8Array): string {
  const text = textOf(bytes);
  return bytes.length < HEAD_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;
}

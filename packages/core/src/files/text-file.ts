import { readFile } from 'node:fs/promises';
import { asSemblanceError, SemblanceError } from '../error.ts';
import { withPath } from '../system-error.ts';

/** Byte-order marks that files begin with, and what they are encoded in. PowerShell's `>` writes UTF-16. */
const marks: readonly [encoding: string, mark: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The text of a file's bytes, as every reader of a text format takes it: UTF-8, or UTF-16 where its mark says so,
 * without that mark, and with `\n` at the end of lines that were written with `\r\n`.
 */
export function textOf(bytes: Uint8Array): string {
  const [encoding] = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte)) ?? ['utf-8'];
  return new TextDecoder(encoding).decode(bytes).replaceAll('\r\n', '\n');
}

/** The text of a file that a user named, see {@link textOf}. @throws SemblanceError PATH_NOT_FOUND */
export async function readTextFile(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    const complaint = complaints[(cause as NodeJS.ErrnoException).code ?? ''];
    if (complaint === undefined) throw asSemblanceError(withPath(cause, file));
    throw new SemblanceError('PATH_NOT_FOUND', `${complaint}: ${file}`, { cause, details: { path: file } });
  }
  return textOf(bytes);
}

const complaints: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'a folder stands where a file was expected',
  EACCES: 'no permission to read',
  EPERM: 'no permission to read',
};

import { readFile } from 'node:fs/promises';
import type { ExportSecret } from '@semblance/face/gallery';
import type { Command } from 'commander';
import type { Io } from '../cli/io.ts';
import { SemblanceError } from '../error.ts';

export interface SecretOptions {
  passphraseFile?: string;
  exportKey?: string;
}

/** Adds the options that say what opens an export. */
export function addSecretOptions(command: Command): Command {
  return command
    .option(
      '--passphrase-file <file>',
      'a file with the passphrase (or SEMBLANCE_EXPORT_PASSPHRASE; asked for at a terminal)',
    )
    .option('--export-key <file>', 'a file with a key of 32 bytes in base64, in place of a passphrase');
}

/**
 * What opens an export.
 *
 * @throws SemblanceError USAGE_MISSING_ARGUMENT where nothing says it; EXPORT_KEY_WRONG for what is no key
 */
export async function exportSecret(
  { passphraseFile, exportKey }: SecretOptions,
  io: Io,
): Promise<ExportSecret> {
  if (exportKey !== undefined) return { key: Buffer.from((await textOf(exportKey)).trim(), 'base64') };
  const given =
    passphraseFile === undefined
      ? io.env.SEMBLANCE_EXPORT_PASSPHRASE
      : firstLine(await textOf(passphraseFile));
  const passphrase = given || (await io.ask?.('passphrase of the export: '))?.trim();
  if (passphrase) return { passphrase };
  throw new SemblanceError(
    'USAGE_MISSING_ARGUMENT',
    'an export is encrypted: give --passphrase-file, SEMBLANCE_EXPORT_PASSPHRASE or --export-key',
  );
}

const firstLine = (text: string): string => text.split(/\r?\n/)[0]!;

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new SemblanceError('PATH_NOT_FOUND', `${path} cannot be read`, { cause });
  }
}

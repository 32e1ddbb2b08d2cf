import { execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { type Env, semblanceHome } from '@semblance/core';
import { SemblanceError } from '../../error.ts';
import { type MasterKeys, parseMasterKeys } from './master-keys.ts';

/** Where the master key of galleries comes from, in place of what the environment says. */
export interface KeyOptions {
  /** A file that has it. */
  keyFile?: string;
  /** A command that prints it, run by the shell: how a KMS or a password manager gives it. */
  keyCommand?: string;
}

/** Where the keys of galleries are found. */
export interface GalleryKeys {
  /** The master keys; null where none are set up, so that new galleries are not encrypted. */
  masters(): MasterKeys | null;
  /** The folder of the files that keep the wrapped keys of each gallery's people. */
  folder: string;
}

/** How long a command that prints a key may take. */
const COMMAND_MS = 60_000;

/** The file where a master key is looked for when nothing else is said: `$SEMBLANCE_HOME/keys/gallery.key`. */
export const defaultKeyFile = (env: Env = process.env): string => semblanceHome(env, 'keys', 'gallery.key');

/**
 * Finds the keys of galleries: what the options say; else `SEMBLANCE_GALLERY_KEY` (32 bytes in base64),
 * `SEMBLANCE_GALLERY_KEY_FILE` or `SEMBLANCE_GALLERY_KEY_COMMAND`; else the {@link defaultKeyFile} where it is there.
 * Nothing is read before it is needed, and then once.
 *
 * @example
 * ```ts
 * import { galleryKeys } from '@semblance/face/gallery';
 *
 * const keys = galleryKeys({}, { SEMBLANCE_GALLERY_KEY: Buffer.alloc(32, 7).toString('base64') });
 * console.log(keys.masters()!.length); // 1
 * ```
 */
export function galleryKeys({ keyFile, keyCommand }: KeyOptions = {}, env: Env = process.env): GalleryKeys {
  let known: MasterKeys | null | undefined;
  return {
    folder: env.SEMBLANCE_GALLERY_KEYS || semblanceHome(env, 'keys'),
    masters() {
      if (known === undefined) known = find();
      return known;
    },
  };

  function find(): MasterKeys | null {
    if (keyFile !== undefined) return ofFile(keyFile);
    if (keyCommand !== undefined) return ofCommand(keyCommand, env);
    if (env.SEMBLANCE_GALLERY_KEY) return parseMasterKeys(env.SEMBLANCE_GALLERY_KEY, 'SEMBLANCE_GALLERY_KEY');
    if (env.SEMBLANCE_GALLERY_KEY_FILE) return ofFile(env.SEMBLANCE_GALLERY_KEY_FILE);
    if (env.SEMBLANCE_GALLERY_KEY_COMMAND) return ofCommand(env.SEMBLANCE_GALLERY_KEY_COMMAND, env);
    const file = defaultKeyFile(env);
    return existsSync(file) ? ofFile(file) : null;
  }
}

/** @throws SemblanceError GALLERY_KEY_MISSING, GALLERY_KEY_WRONG */
function ofFile(path: string): MasterKeys {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    const message = `the master key is to be in ${path}, and ${why}`;
    throw new SemblanceError('GALLERY_KEY_MISSING', message, { cause, details: { path } });
  }
  return parseMasterKeys(text, path);
}

/** @throws SemblanceError GALLERY_KEY_MISSING, GALLERY_KEY_WRONG; what the command prints is in neither */
function ofCommand(command: string, env: Env): MasterKeys {
  let text: string;
  try {
    text = execSync(command, {
      ...{ encoding: 'utf8', timeout: COMMAND_MS, stdio: ['ignore', 'pipe', 'inherit'] },
      env: env as NodeJS.ProcessEnv,
    });
  } catch (cause) {
    const { status, code } = cause as { status?: number | null; code?: string };
    const how = status ? `ended with exit code ${status}` : `did not end well${code ? ` (${code})` : ''}`;
    throw new SemblanceError(
      'GALLERY_KEY_MISSING',
      `the command that prints the master key ${how}: ${command}`,
    );
  }
  return parseMasterKeys(text, 'what the key command prints');
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a generated file; with --check it looks instead whether the file is so, and the process fails where it is not.
 *
 * @param otherwise said then: what differs, and which command mends it
 * @returns whether it was looked at, and is so
 */
export function writeOrCheck(path: string, text: string, otherwise: string): boolean {
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    return false;
  }
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return true;
  console.error(otherwise);
  process.exitCode = 1;
  return false;
}

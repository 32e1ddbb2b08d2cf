// Holds what would be published against the rules of those who install it: `npm run packages:check`.
//
// publint looks at package.json and its files, attw at what TypeScript finds under moduleResolution node16 and bundler.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { buildPackages } from './packaging/build-packages.ts';
import { root } from './packaging/packages.ts';

const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');

/** What publint says, nothing where all is well. */
async function lint(dir: string): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: dir, strict: true, pack: false });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** What attw says, nothing where all is well. */
async function checkTypes(dir: string): Promise<string[]> {
  const args = [attw, '--pack', dir, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
  try {
    await promisify(execFile)(process.execPath, args);
    return [];
  } catch (error) {
    const { stdout = '', message } = error as { stdout?: string; message: string };
    return [stdout.trim() || message];
  }
}

const out = mkdtempSync(join(tmpdir(), 'semblance-packages-'));
try {
  const built = buildPackages(join(out, 'packages'));
  let numWrong = 0;
  for (const { name, dir } of built) {
    const [linted, typed] = await Promise.all([lint(dir), checkTypes(dir)]);
    const wrong = [...linted.map((line) => `publint: ${line}`), ...typed.map((line) => `attw: ${line}`)];
    numWrong += wrong.length;
    for (const line of wrong) console.error(`${name}: ${line}`);
  }
  console.log(`${built.length} packages would be published, ${numWrong} things wrong`);
  process.exitCode = numWrong > 0 ? 1 : 0;
} finally {
  rmSync(out, { recursive: true, force: true });
}

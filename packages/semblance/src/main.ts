#!/usr/bin/env node

/**
 * The program itself: importing it runs the command line.
 *
 * @module
 */

import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import '@semblance/core/no-telemetry';
import { cacheFolder } from '@semblance/core/home';
import { processIo } from './cli/io.ts';

// compiled once and kept: a command starts in half the time, and so do the processes it starts
if (process.env.NODE_COMPILE_CACHE === undefined) {
  process.env.NODE_COMPILE_CACHE = cacheFolder(process.env, 'compile');
  try {
    // faces are cached beside it: the folder around both is for its owner alone
    mkdirSync(cacheFolder(process.env), { recursive: true, mode: 0o700 });
  } catch {
    // where it cannot be made, nothing is kept
  }
}
enableCompileCache(process.env.NODE_COMPILE_CACHE);
const { run } = await import('./run.ts');

process.exitCode = await run(process.argv.slice(2), processIo());

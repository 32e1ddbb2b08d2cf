import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { asSemblanceError, SemblanceError } from '../../error.ts';
import { imagePlaces } from '../places.ts';
import { bootPlan } from './arguments.ts';
import { boot } from './boot.ts';
import { serveArguments } from './serve-arguments.ts';
import { commandEnv, jobFolders } from './worker.ts';

// The entry point of our images. Its contract stands in docs/images.md.

const USAGE_CODE = 2;
const NOT_FOUND = 127;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

try {
  const args = [...argumentsOf(process.env.SEMBLANCE_BOOT), ...process.argv.slice(2)];
  if (args[0] === 'serve') {
    become([
      imagePlaces.node,
      imagePlaces.program,
      'serve',
      ...(await serveArguments(args.slice(1), imagePlaces)),
    ]);
  }
  const plan = bootPlan(args);
  const { code, logs, inputs, outputs, command } = plan;
  const carriesNothing = code === null && logs === null && inputs.length + outputs.length === 0;
  // what was fetched by somebody else is only run: the command takes this very process
  if (carriesNothing) become(command);
  process.exitCode = await boot(plan, process.env, say);
} catch (error) {
  const { code, message } = asSemblanceError(error);
  say(`error ${code}: ${message}`);
  process.exitCode = code === 'PATH_NOT_FOUND' ? NOT_FOUND : USAGE_CODE;
}

/** `SEMBLANCE_BOOT`, a JSON list of arguments that come before those of the command line. */
function argumentsOf(text: string | undefined): string[] {
  if (!text) return [];
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((word) => typeof word === 'string')) return list;
  } catch {
    // said below
  }
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected a JSON list of arguments for SEMBLANCE_BOOT but received '${text.slice(0, 100)}'`,
  );
}

function become([file, ...args]: readonly string[]): never {
  const env = commandEnv(process.env, jobFolders(process.env));
  process.execve!(onPath(file!), [file!, ...args], env);
  throw new SemblanceError('INTERNAL', `${file} did not start`);
}

function onPath(file: string): string {
  const candidates = file.includes('/')
    ? [file]
    : (process.env.PATH ?? '')
        .split(delimiter)
        .filter(isAbsolute)
        .map((dir) => join(dir, file));
  for (const path of candidates) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // the next one
    }
  }
  throw new SemblanceError('PATH_NOT_FOUND', `there is no program ${file} in the image`);
}

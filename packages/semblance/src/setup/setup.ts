import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import { canInstall, hasApt, install, installCommand } from './apt.ts';
import type { Need } from './need.ts';
import { needs, type Use } from './needs.ts';
import { takeOut } from './unpack.ts';

/**
 * Puts in place what a use of Semblance needs from the system: says what is there, installs what is missing where that
 * is possible, else says which command does.
 *
 * @returns whether all is in place
 */
export async function setUp(use: Use, { isDry }: { isDry: boolean }, io: Io): Promise<boolean> {
  const missing = await missingOf(needs[use], io);
  if (missing.length > 0 && !(await bring(missing, isDry, io))) return false;
  return use !== 'training' || buildEngine(isDry, io);
}

async function missingOf(list: readonly Need[], io: Io): Promise<Need[]> {
  const missing: Need[] = [];
  for (const need of list) {
    const found = await need.find(io.env);
    if (found === null) missing.push(need);
    io.err(found === null ? `! ${need.name}: missing` : `✓ ${need.name}: ${found}`);
  }
  return missing;
}

/** Brings what is missing, each in its way. @returns whether to go on */
async function bring(missing: readonly Need[], isDry: boolean, io: Io): Promise<boolean> {
  const installed = missing.filter(({ takeOut }) => takeOut === undefined);
  const isInstalled = installed.length === 0 || (await installAll(installed, isDry, io));
  const failed: Need[] = [];
  for (const need of missing) if (!(await isTakenOut(need, isDry, io))) failed.push(need);
  const packages = failed.flatMap(({ debian }) => debian);
  return (failed.length === 0 || sayHow(failed, packages, io)) && isInstalled;
}

async function installAll(missing: readonly Need[], isDry: boolean, io: Io): Promise<boolean> {
  const packages = missing.flatMap(({ debian }) => debian);
  if (isDry) {
    io.err(hasApt() ? 'would be installed by' : 'these are the names of the missing packages on Debian');
    io.out(installCommand(packages));
    return true;
  }
  if (!canInstall()) return sayHow(missing, packages, io);
  io.err(`installing ${packages.join(' ')}`);
  const progress = createProgress(io, 'installing');
  const failure = await install(packages, (share, what) =>
    progress.update(Math.round(share * 100), 100, what),
  );
  progress.end();
  if (failure === null) return true;
  io.err(failure);
  return sayHow(missing, packages, io);
}

/** Takes a program out of a package that is not installed; true of what is installed instead. */
async function isTakenOut({ takeOut: program, debian }: Need, isDry: boolean, io: Io): Promise<boolean> {
  if (program === undefined) return true;
  io.err(`${isDry ? 'would take' : 'taking'} ${program} out of the package ${debian[0]}`);
  const failure = isDry ? null : await takeOut(program, debian[0]!, io.env);
  if (failure !== null) io.err(failure);
  return failure === null;
}

function sayHow(missing: readonly Need[], packages: readonly string[], io: Io): boolean {
  if (hasApt()) {
    io.err('this installs what is missing:');
    io.out(installCommand(packages));
  } else {
    for (const { name, otherwise } of missing) io.err(`${name}: ${otherwise}`);
  }
  for (const { name, without } of missing) if (without) io.err(`without ${name} there is no ${without}`);
  return missing.every(({ without }) => without !== undefined);
}

async function buildEngine(isDry: boolean, io: Io): Promise<boolean> {
  const { addonPathFor, buildAddon, findAddon, findLibtorch } = await import('@semblance/torch/addon');
  if (isDry) {
    const built = findAddon();
    io.err(
      built ? `✓ torch addon: ${built}` : '! torch addon: would be compiled, about a minute on two cores',
    );
    return true;
  }
  const progress = createProgress(io, 'compiling the torch addon');
  const libtorch = findLibtorch(io.env);
  try {
    const { path } = await buildAddon({
      libtorch,
      onProgress: (numDone, numFiles) => progress.update(numDone, numFiles, addonPathFor(libtorch)),
    });
    progress.end();
    io.err(`✓ torch addon: ${path}`);
    return true;
  } finally {
    progress.end();
  }
}

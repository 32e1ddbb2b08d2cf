import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import { canInstall, hasApt, install, installCommand } from './apt.ts';
import type { Need } from './need.ts';
import { needs, type Use } from './needs.ts';

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

/** Installs what is missing. @returns whether to go on */
async function bring(missing: readonly Need[], isDry: boolean, io: Io): Promise<boolean> {
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

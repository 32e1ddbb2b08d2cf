// Builds the libtorch addon: `npm run build:addon`.
import { buildAddon } from './build.ts';

try {
  const { path, libtorch, numCompiled } = await buildAddon({
    onProgress: (numDone, numFiles) => {
      if (numDone === 0) console.log(`torch addon: compiling ${numFiles} files`);
    },
  });
  const against = `libtorch ${libtorch.version} in ${libtorch.lib} (${libtorch.origin})`;
  console.log(numCompiled > 0 ? `torch addon: built ${path} against ${against}` : 'torch addon: up to date');
} catch (error) {
  console.error(`torch addon: ${(error as Error).message}`);
  process.exitCode = 1;
}

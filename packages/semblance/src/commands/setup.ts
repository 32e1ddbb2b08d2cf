import { Argument } from 'commander';
import { defineCommand } from '../cli/command.ts';

interface Options {
  use: 'training' | 'serve' | 'tests';
  dryRun?: boolean;
}

export const setupCommand = defineCommand<Options>({
  path: ['setup'],
  summary: 'installs what training, serving or the tests need from the system',
  description: [
    'As root on Debian and Ubuntu it installs what is missing; elsewhere it prints the command to run. You can run it as ' +
      'often as you like.',
    '',
    '  training  libtorch, a C++ compiler and a tuned BLAS, then compiles the addon',
    '            that connects Node.js to libtorch, once for each libtorch, into',
    '            $SEMBLANCE_HOME/addons or ~/.cache/semblance/addons',
    '  serve     a font, for names on annotated photos',
    '  tests     the object store, Slurm and the tracing tools that the tests use',
    '',
    'Set LIBTORCH=/path to use your own libtorch (1.13 to 2.11), for example one with CUDA: the folder with include/ and ' +
      'lib/. Set CXX to use another compiler. Then check the result with "semblance doctor".',
  ].join('\n'),
  examples: [
    ['semblance setup training --dry-run', 'shows what is installed and what would be'],
    ['semblance setup training', 'gets this machine ready to train'],
    ['semblance setup serve', 'on a machine that only recognises'],
  ],
  configure(command) {
    command
      .addArgument(new Argument('<use>', 'what this machine is for').choices(['training', 'serve', 'tests']))
      .option('--dry-run', 'shows what would be done and changes nothing');
  },
  async run({ use, dryRun = false }, io) {
    const { setUp } = await import('../setup/setup.ts');
    return (await setUp(use, { isDry: dryRun }, io)) ? 0 : 1;
  },
});

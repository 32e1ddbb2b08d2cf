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
    'As root on Debian and Ubuntu it installs what is missing; elsewhere it prints the one command that does. Run it as ' +
      'often as you like.',
    '',
    '  training  libtorch, a C++ compiler and a tuned BLAS, then compiles the addon',
    '            that ties libtorch to Node.js: once for each libtorch, into',
    '            $SEMBLANCE_HOME/addons or ~/.cache/semblance/addons',
    '  serve     a font, for names on annotated photos',
    '  tests     the object store and the watchers that the tests use',
    '',
    'LIBTORCH=/path takes a libtorch of your own (1.13 to 2.11), such as one with CUDA: the folder with include/ and ' +
      'lib/. CXX names another compiler. Afterwards "semblance doctor" says whether all works.',
  ].join('\n'),
  examples: [
    ['semblance setup training --dry-run', 'says what is there and what would be installed'],
    ['semblance setup training', 'makes this machine ready to train'],
    ['semblance setup serve', 'on a machine that only recognises'],
  ],
  configure(command) {
    command
      .addArgument(new Argument('<use>', 'what this machine is for').choices(['training', 'serve', 'tests']))
      .option('--dry-run', 'changes nothing, and says what would be done');
  },
  async run({ use, dryRun = false }, io) {
    const { setUp } = await import('../setup/setup.ts');
    return (await setUp(use, { isDry: dryRun }, io)) ? 0 : 1;
  },
});

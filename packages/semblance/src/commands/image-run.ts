import type { Architecture, Mount } from '@semblance/jobs/image';
import { Option } from 'commander';
import { defineCommand, type ExitCode } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { addLayoutOption, type LayoutOptions, openLayout } from '../image/options.ts';
import { pairsOption } from './jobs-option-kinds.ts';

interface Options extends LayoutOptions {
  name: string;
  args: string[];
  env?: Record<string, string>;
  mount?: Mount[];
  platform?: Architecture;
  entrypoint?: string;
  workdir?: string;
}

export const imageRunCommand = defineCommand<Options>({
  path: ['image', 'run'],
  summary: 'runs an image without a container engine',
  description:
    'Unpacks the image once, then runs it with namespaces of its own for mounts and processes, and with this machine’s ' +
    'network. What it writes outside of mounted folders is gone afterwards. Ends with the exit code of what it ran.',
  examples: [
    ['semblance image run semblance:serve', 'the service, at port 8080'],
    [
      'semblance image run faces:1 --mount runs:/runs -- semblance train recognition --data /opt/semblance/data --out /runs/1',
      'a training with the data of the image',
    ],
  ],
  configure(command) {
    command
      .argument('<name>', 'an image of this machine')
      .argument(
        '[args...]',
        'what it runs, after --: a command, or serve with its options (default: as built)',
      )
      .addOption(pairsOption('--env <name=value>', 'a variable of its environment, repeatable'))
      .addOption(mountOption())
      .addOption(
        choiceOption('--platform <name>', 'of an image for several, or by an emulator', ['amd64', 'arm64']),
      )
      .option('--entrypoint <path>', 'runs this program of the image in place of its entry point')
      .option('--workdir <dir>', 'the folder in the container to start in');
    addLayoutOption(command);
  },
  async run({ name, args, env = {}, mount = [], platform, entrypoint, workdir, ...options }, io) {
    const { imageOf, imagesHome, namedImage, ownArchitecture, runImage } = await import(
      '@semblance/jobs/image'
    );
    const layout = await openLayout(options, io);
    const image = await imageOf(layout, await namedImage(layout, name), platform ?? ownArchitecture());
    const code = await runImage(layout, image, {
      ...{ args, env, mounts: mount, unpacked: imagesHome(io.env).unpacked },
      ...(entrypoint !== undefined && { entrypoint }),
      ...(workdir !== undefined && { workingDir: workdir }),
    });
    // what the container says it ended with, whatever that means to it
    return code as ExitCode;
  },
});

function mountOption(): Option {
  const option = new Option(
    '--mount <from:to[:ro]>',
    'a file or folder of this machine and its place in the container',
  );
  return option.argParser((text: string, before: Mount[] = []) => {
    const [, from, to, readOnly] = /^(.+?):(\/[^:]*)(:ro)?$/.exec(text) ?? [];
    if (from && to) return [...before, { from, to, isReadOnly: readOnly !== undefined }];
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected --mount FROM:/TO or FROM:/TO:ro but received --mount ${text}`,
    );
  });
}

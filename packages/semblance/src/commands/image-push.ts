import { defineCommand } from '../cli/command.ts';
import { createProgress, megabytes } from '../cli/progress.ts';
import {
  addCredentialOptions,
  addLayoutOption,
  type CredentialOptions,
  type LayoutOptions,
  openLayout,
  registryFor,
} from '../image/options.ts';

interface Options extends LayoutOptions, CredentialOptions {
  name: string;
  to?: string;
}

export const imagePushCommand = defineCommand<Options>({
  path: ['image', 'push'],
  summary: 'pushes an image to a registry',
  description:
    'Layers that the registry has are not sent again, and one that breaks off is resumed. Credentials come from where ' +
    'docker, podman and buildah login keep them, or from standard input; they are never printed.',
  examples: [
    ['semblance image push registry.example.org/team/faces:1', 'under its own name'],
    [
      'semblance image push semblance:serve registry.example.org/team/faces:1 --creds-stdin',
      'under another name, with USER:TOKEN from standard input',
    ],
  ],
  configure(command) {
    command
      .argument('<name>', 'an image of this machine, see semblance image list')
      .argument('[to]', 'REGISTRY/NAME:TAG where it goes (default: its own name)');
    addCredentialOptions(addLayoutOption(command));
  },
  async run({ name, to = name, ...options }, io) {
    const { namedImage, pushImage } = await import('@semblance/jobs/image');
    const layout = await openLayout(options, io);
    const image = await namedImage(layout, name);
    const { registry, reference } = await registryFor(to, options, io);
    const progress = createProgress(io, 'pushing', { amount: megabytes });
    try {
      const digest = await pushImage(layout, image, registry, reference.tag, progress);
      progress.end();
      io.out(`${registry.name}:${reference.tag} ${digest}`);
    } finally {
      progress.end();
    }
    return 0;
  },
});

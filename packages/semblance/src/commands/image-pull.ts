import type { Architecture } from '@semblance/jobs/image';
import { defineCommand } from '../cli/command.ts';
import { createProgress, megabytes } from '../cli/progress.ts';
import {
  addCredentialOptions,
  addLayoutOption,
  type CredentialOptions,
  type LayoutOptions,
  openLayout,
  platformsOption,
  registryFor,
} from '../image/options.ts';

interface Options extends LayoutOptions, CredentialOptions {
  name: string;
  platform?: Architecture[];
}

export const imagePullCommand = defineCommand<Options>({
  path: ['image', 'pull'],
  summary: 'pulls an image from a registry',
  description: 'Every layer is held against its digest; layers that are here are not fetched again.',
  examples: [
    ['semblance image pull registry.example.org/team/faces:1', 'for the platforms it is there for'],
    ['semblance image pull debian:bookworm-slim --platform arm64', 'for one platform'],
  ],
  configure(command) {
    command
      .argument('<name>', 'REGISTRY/NAME:TAG')
      .addOption(platformsOption('amd64, arm64 or both, parted by a comma (default: all)'));
    addCredentialOptions(addLayoutOption(command));
  },
  async run({ name, platform, ...options }, io) {
    const { pullImage, withTag } = await import('@semblance/jobs/image');
    const { registry, reference } = await registryFor(name, options, io);
    const layout = await openLayout(options, io, { isMade: true });
    const progress = createProgress(io, 'pulling', { amount: megabytes });
    try {
      const wanted = reference.digest ?? reference.tag;
      const image = await pullImage(registry, wanted, layout, platform ?? 'all', progress);
      await layout.tag(withTag(name), image);
      progress.end();
      io.out(`${withTag(name)} ${image.digest}`);
    } finally {
      progress.end();
    }
    return 0;
  },
});

import type { Architecture, OpenedRegistry } from '@semblance/jobs/image';
import { type Command, Option } from 'commander';
import type { Io } from '../cli/io.ts';
import { SemblanceError } from '../error.ts';

/** Where images are, for the commands that take one. */
export interface LayoutOptions {
  layout?: string;
}

export function addLayoutOption(command: Command): Command {
  return command.option('--layout <dir>', 'an OCI layout in place of the images of this machine');
}

/** The layout that is named, which must be there unless it is made for what comes; else this machine's. */
export async function openLayout({ layout }: LayoutOptions, io: Io, { isMade = false } = {}) {
  const { ImageLayout, imagesHome } = await import('@semblance/jobs/image');
  if (layout === undefined) return ImageLayout.open(imagesHome(io.env).layout);
  return isMade ? ImageLayout.open(layout) : ImageLayout.existing(layout);
}

export interface CredentialOptions {
  credsStdin?: boolean;
  insecure?: boolean;
}

export function addCredentialOptions(command: Command): Command {
  return command
    .option(
      '--creds-stdin',
      'reads USER:PASSWORD from standard input (default: what docker or podman login has stored)',
    )
    .option('--insecure', 'speaks HTTP to a registry that is not on this machine');
}

/** A repository of a registry, with credentials of standard input or of the engines' stores. */
export async function registryFor(
  name: string,
  { credsStdin, insecure }: CredentialOptions,
  io: Io,
): Promise<OpenedRegistry> {
  const { openRegistry, parseCredentials } = await import('@semblance/jobs/image');
  const { text } = await import('node:stream/consumers');
  const credentials = credsStdin ? parseCredentials(await text(process.stdin)) : null;
  return openRegistry(name, { credentials, isInsecure: insecure ?? false, env: io.env });
}

export function platformsOption(help: string): Option {
  return new Option('--platform <list>', help).argParser((text: string) =>
    text.split(',').map((word): Architecture => {
      const architecture = word.trim().replace(/^linux\//, '');
      if (architecture === 'amd64' || architecture === 'arm64') return architecture;
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `expected amd64 or arm64 for --platform but received '${word}'`,
      );
    }),
  );
}

import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { isSemblanceError, SemblanceError } from '../../error.ts';
import type { Base } from '../compose.ts';
import { historyOf } from '../compose.ts';
import { folderEntries, writeLayer } from '../oci/layer.ts';
import { type Architecture, media } from '../oci/media.ts';
import { containerCommand } from '../run/run-image.ts';
import { runProgram } from '../run-program.ts';
import type { MadeLayers } from './made-layers.ts';

/** Changes with what is made of the same packages. */
const RECIPE = 'apt-on-base/1';

/** What an installation leaves that is different every time, and what is the container's and not the image's. */
const passing =
  /^(dev|proc|run|sys|tmp|etc\/(hosts|resolv\.conf|machine-id)|var\/(tmp|log|run|cache)|var\/lib\/(apt\/lists|dpkg\/lock.*|dpkg\/triggers\/Lock|dpkg\/[a-z-]+-old)|var\/lib\/apt\/extended_states|root\/\..*)(\/|$)/;

const script = [
  'export DEBIAN_FRONTEND=noninteractive',
  'apt-get -q -o APT::Sandbox::User=root update',
  'exec apt-get -q -y -o APT::Sandbox::User=root install --no-install-recommends "$@"',
].join(' && ');

/**
 * Installs packages on a base of somebody else's, by its own apt and from its own sources, in a container of ours: the
 * packages' scripts run. What that writes becomes a layer without dates.
 *
 * @param unpacked folder where images are unpacked to run
 * @throws OCI_UNSUPPORTED where the caller is not root, OCI_BUILD_FAILED with what apt said
 */
export async function installOnBase(
  made: MadeLayers,
  base: Base,
  architecture: Architecture,
  packages: readonly string[],
  unpacked: string,
): Promise<Base> {
  if (process.getuid?.() !== 0)
    throw new SemblanceError(
      'OCI_UNSUPPORTED',
      `only root installs ${packages.join(' ')} on another base: run as root, or stand on debian-slim`,
    );
  const ids = base.layers.map(({ diffId }) => diffId);
  const layer = await made.once([RECIPE, architecture, ids, packages], async () => {
    const container = await containerCommand(made.layout, imageOfBase(base, architecture), {
      ...{ unpacked, args: ['-c', script, 'sh', ...packages], entrypoint: '/bin/sh', workingDir: '/' },
    });
    try {
      await runProgram(container.command, { env: { ...container.env, SOURCE_DATE_EPOCH: '0' } });
      const entries = await folderEntries(container.written, '/', { keeps: (path) => !passing.test(path) });
      for (const entry of entries) {
        // what is gone has no owner
        if (typeof entry.from === 'object' && entry.from !== null) continue;
        const { uid, gid } = await lstat(join(container.written, entry.path));
        Object.assign(entry, { uid, gid });
      }
      return await writeLayer(made.layout, entries, 'apt');
    } catch (error) {
      if (!isSemblanceError(error, 'OCI_BUILD_FAILED')) throw error;
      throw new SemblanceError('OCI_BUILD_FAILED', `${packages.join(' ')} on ${base.name}: ${error.message}`);
    } finally {
      await container.remove();
      await rm(join(unpacked, `sha256-${idOf(base)}`), { recursive: true, force: true });
    }
  });
  return {
    ...base,
    layers: [...base.layers, layer],
    history: [...base.history, historyOf(layer.descriptor)],
  };
}

/** All layers name it: two bases may end with the same one. */
const idOf = ({ layers }: Base): string => hashBytes(layers.map(({ diffId }) => diffId).join());

/** The base as an image that root runs. */
const imageOfBase = (base: Base, architecture: Architecture) => ({
  architecture,
  descriptor: { mediaType: media.manifest, digest: `sha256:${idOf(base)}`, size: 0 },
  manifest: {
    schemaVersion: 2 as const,
    config: { mediaType: media.config, digest: base.layers[0]!.descriptor.digest, size: 0 },
    layers: base.layers.map(({ descriptor }) => descriptor),
  },
  config: {
    ...{ architecture, os: 'linux' },
    rootfs: { type: 'layers' as const, diff_ids: base.layers.map(({ diffId }) => diffId) },
    config: { ...base.config, User: '0:0' },
  },
});

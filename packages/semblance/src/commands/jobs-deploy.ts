import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '@semblance/core';
import type { JobService } from '@semblance/jobs';
import type { DeployRequest } from '@semblance/serve';
import { defineCommand } from '../cli/command.ts';
import { numberOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import type { ServiceAddress } from '../serve-client/client.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions, ServiceAddress {
  version: string;
  gallery?: string;
  weight: number;
  model?: string;
}

export const jobsDeployCommand = defineCommand<Options>({
  path: ['jobs', 'deploy'],
  summary: 'deploys a version’s model or gallery to the running service',
  description:
    'The service loads the new model, tests it, and only then sends it requests; no request is dropped. What the ' +
    'version does not contain (a detector, a recognizer or a gallery) stays as it is. A new recognizer gets a ' +
    'gallery with the same people, embedded again from the stored crops. Set SEMBLANCE_API_KEY to an admin key.',
  examples: [
    ['semblance jobs deploy faces/V0003 --weight 10', 'a canary: V0003 gets a tenth of the requests'],
    ['semblance jobs deploy faces/V0003', 'V0003 gets all of them'],
    ['semblance jobs deploy crowd/V0001', 'a version of gallery build: only the gallery changes'],
    [
      'semblance jobs deploy faces/V0003 --gallery crowd/V0001',
      'a recognizer together with a gallery that another version built',
    ],
    [
      'semblance jobs deploy faces/V0003 --gallery ./people',
      'a recognizer together with a gallery in a folder',
    ],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version; it must have completed')
      .option(
        '--gallery <gallery>',
        'the gallery: a version that built one, such as crowd/V0001, a name, or a folder on the machine of the service',
      )
      .addOption(
        numberOption('--weight <percent>', 'share of the requests, 1 to 100', { min: 1, max: 100 }).default(
          100,
        ),
      )
      .option('--model <path>', 'where the model is in the outputs, if your own command trained it')
      .option('--url <url>', 'address of the service (default: $SEMBLANCE_URL, or http://127.0.0.1:8080)');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName, versionPaths } = await import('@semblance/jobs');
      const { deployedParts } = await import('@semblance/serve');
      const { deployAndWait } = await import('../serve-client/deploy.ts');
      const version = await jobs.find(options.version);
      if (version.state !== 'completed') {
        const message = `${fullName(version)} is ${version.state}: only a version that completed can be deployed`;
        throw new SemblanceError('VERSION_WRONG_STATE', message);
      }
      const { outputs } = versionPaths(jobs.home, version);
      const parts = await deployedParts(
        outputs,
        options.model === undefined ? null : join(outputs, options.model),
      );
      const code = await deployAndWait(options, io, {
        name: fullName(version).replace('/', '.'),
        ...parts,
        ...(options.gallery === undefined ? {} : await galleryOf(jobs, options.gallery, io.env)),
        weight: options.weight,
      });
      const { serviceUrl } = await import('../serve-client/client.ts');
      const url = serviceUrl(options, io);
      const text = `deployed to ${url} with ${options.weight} % of the requests`;
      await jobs.store.addRecord(version.id, 'deployment', { text, url, weight: options.weight });
      return code;
    }),
});

/** A gallery by the version that built it, which is copied, or by its name or folder, which is served as it lies. */
async function galleryOf(
  jobs: JobService,
  text: string,
  env: Env,
): Promise<Pick<DeployRequest, 'gallery' | 'copyGallery'>> {
  const { namedGalleries } = await import('@semblance/face/gallery');
  if (existsSync(text)) return { gallery: text, copyGallery: false };
  if (!/^[\w-]+(\/V?\d+|@[\w-]+)$/i.test(text)) {
    const named = (await namedGalleries(env)).find(({ name }) => name === text);
    return { gallery: named?.path ?? text, copyGallery: false };
  }
  const { fullName, versionPaths } = await import('@semblance/jobs');
  const { deployedParts } = await import('@semblance/serve');
  const version = await jobs.find(text);
  const { gallery } = await deployedParts(versionPaths(jobs.home, version).outputs, null).catch(() => ({
    gallery: undefined,
  }));
  if (version.state === 'completed' && gallery !== undefined) return { gallery, copyGallery: true };
  throw new SemblanceError('DEPLOYMENT_REFUSED', `${fullName(version)} did not build a gallery`);
}

import { fullName, type JobService, type Version, versionPaths } from '@semblance/jobs';
import { SemblanceError } from '../error.ts';
import { deployedParts } from './deployed-parts.ts';

export interface VersionParts {
  version: Version;
  /** What its deployment is called: `faces.V0003`. */
  name: string;
  parts: Awaited<ReturnType<typeof deployedParts>>;
}

/**
 * What of a version can be deployed.
 *
 * @param reference `faces/V0003`, `faces@production`
 * @throws SemblanceError JOB_NOT_FOUND, VERSION_NOT_FOUND, ALIAS_NOT_FOUND, VERSION_WRONG_STATE where it has not completed,
 *   DEPLOYMENT_REFUSED where it left neither a model nor a gallery
 */
export async function versionParts(jobs: JobService, reference: string): Promise<VersionParts> {
  const version = await jobs.find(reference);
  const name = fullName(version);
  if (version.state !== 'completed')
    throw new SemblanceError(
      'VERSION_WRONG_STATE',
      `${name} is ${version.state}: only a version that completed can be deployed`,
    );
  const parts = await deployedParts(versionPaths(jobs.home, version).outputs, null);
  return { version, name: name.replace('/', '.'), parts };
}

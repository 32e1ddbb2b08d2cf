import type { Location } from '../location.ts';
import type { ObjectStorage } from '../storage.ts';
import { openFileStorage } from './file.ts';
import { openS3Storage } from './s3.ts';
import { obsService, s3Service } from './s3-client.ts';

type OpenDriver = (
  location: Location,
  env: Readonly<Record<string, string | undefined>>,
) => Promise<ObjectStorage>;

/** How each scheme is opened: adding one is adding a line. */
export const storageDrivers: Readonly<Record<string, OpenDriver>> = {
  file: (location) => openFileStorage(location.prefix),
  s3: (location, env) => openS3Storage(location, s3Service(env)),
  obs: (location, env) => openS3Storage(location, obsService(env)),
};

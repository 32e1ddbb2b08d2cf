import type { StorageDrivers } from '../storage.ts';
import { openFileStorage } from './file.ts';
import { openS3Storage } from './s3.ts';
import { obsService, s3Service } from './s3-client.ts';

/** How each scheme is opened: adding one is adding a line. */
export const storageDrivers: StorageDrivers = {
  file: (location) => openFileStorage(location.prefix),
  s3: (location, env) => openS3Storage(location, s3Service(env)),
  obs: (location, env) => openS3Storage(location, obsService(env)),
};

import { type Check, limited, ok } from './check.ts';

const REINSTALL = 'npm ci';

/** Whether the service's framework answers, without a port. */
export const service: Check = {
  name: 'service (fastify)',
  async run() {
    try {
      const { fastify } = await import('fastify');
      await using app = fastify();
      app.get('/', async () => 'here');
      const { body } = await app.inject('/');
      return body === 'here' ? ok('answers') : limited('answers wrongly', REINSTALL);
    } catch (error) {
      return limited(`cannot serve: ${(error as Error).message.split('\n')[0]}`, REINSTALL);
    }
  },
};

/** Whether buckets can be reached, as far as that can be told without asking one. */
export const objectStorage: Check = {
  name: 'object storage (S3 client)',
  async run() {
    const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, OBS_ENDPOINT } = process.env;
    const places = [
      AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL ?? 's3:// goes to AWS',
      OBS_ENDPOINT ? `obs:// at ${OBS_ENDPOINT}` : 'obs:// needs OBS_ENDPOINT',
    ];
    try {
      const { createS3Client, s3Service } = await import('@semblance/jobs/storage');
      const client = await createS3Client(s3Service(process.env));
      client.destroy();
      return ok(`loads; ${places.join('; ')}`);
    } catch (error) {
      return limited(`cannot be loaded: ${(error as Error).message.split('\n')[0]}`, REINSTALL);
    }
  },
};

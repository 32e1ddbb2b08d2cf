import type { S3Client } from '@aws-sdk/client-s3';
import { SemblanceError } from '../../error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** How a service that speaks the S3 API is reached. */
export interface S3Service {
  /** undefined: where the SDK finds it by itself. */
  endpoint: string | undefined;
  region: string | undefined;
  /** Whether the bucket stands in the path, and not before the host's name. */
  isPathStyle: boolean;
}

/** S3 itself, or whatever `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` names. */
export function s3Service(env: Env): S3Service {
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  // servers of one's own rarely have a name for each bucket
  return { endpoint, region: region ?? (endpoint && 'us-east-1'), isPathStyle: endpoint !== undefined };
}

/** OBS, which speaks the S3 API: `OBS_ENDPOINT` is its address, as https://obs.cn-north-4.myhuaweicloud.com. */
export function obsService(env: Env): S3Service {
  const given = env.OBS_ENDPOINT;
  if (!given) {
    throw new SemblanceError(
      'STORAGE_URL_INVALID',
      'obs:// needs OBS_ENDPOINT, such as https://obs.cn-north-4.myhuaweicloud.com',
    );
  }
  const endpoint = /^https?:\/\//.test(given) ? given : `https://${given}`;
  const { hostname } = new URL(endpoint);
  const region = env.OBS_REGION ?? /^obs\.([a-z0-9-]+)\./.exec(hostname)?.[1] ?? 'us-east-1';
  return { endpoint, region, isPathStyle: !hostname.startsWith('obs.') };
}

/**
 * A client for the service; the SDK's own chain finds the credentials. The SDK is loaded when it is first needed.
 *
 * Without credentials, the SDK would ask 169.254.169.254 for those of an EC2 instance, whatever the machine: it does so
 * only where `AWS_EC2_METADATA_DISABLED=false` asks for it.
 */
export async function createS3Client({ endpoint, region, isPathStyle }: S3Service): Promise<S3Client> {
  process.env.AWS_EC2_METADATA_DISABLED ||= 'true';
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    forcePathStyle: isPathStyle,
    // the checksums of newer SDKs are a coding of the body that other servers do not know; ours are SHA-256 and MD5
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 5,
  });
}

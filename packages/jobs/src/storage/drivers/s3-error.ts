import { SemblanceError } from '../../error.ts';

const denied =
  /^(AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|CredentialsProviderError|ExpiredToken)/;

/** Whether the service said that there is no such object. */
export function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return (
    name === 'NoSuchKey' ||
    name === 'NotFound' ||
    (name !== 'NoSuchBucket' && $metadata?.httpStatusCode === 404)
  );
}

/** What the SDK says, in words people can act upon; it never names a key or a secret. */
export function explainS3(url: string, cause: unknown): unknown {
  if (cause instanceof SemblanceError) return cause;
  const {
    name = '',
    message = '',
    $metadata,
  } = cause as {
    name?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  if (name === 'AbortError') return cause;
  const status = $metadata?.httpStatusCode;
  if (name === 'NoSuchBucket') {
    return new SemblanceError('STORAGE_NOT_FOUND', `there is no bucket for ${url}`, { cause });
  }
  if (denied.test(name) || status === 401 || status === 403) {
    const hint =
      'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile; ' +
      'on EC2, AWS_EC2_METADATA_DISABLED=false uses the role of the instance';
    return new SemblanceError('STORAGE_DENIED', `${url} refuses these credentials (${name}): ${hint}`, {
      cause,
    });
  }
  if (isMissing(cause)) return new SemblanceError('PATH_NOT_FOUND', `no such object in ${url}`, { cause });
  const said = message.split('\n', 1)[0]?.slice(0, 200) || name;
  return new SemblanceError('STORAGE_UNREACHABLE', `${url} answered with an error: ${said}`, { cause });
}

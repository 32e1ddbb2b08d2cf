import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { readTextFile } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';

/** Files in PEM: a certificate, with those that signed it behind it, and its private key. */
export interface TlsFiles {
  cert: string;
  key: string;
}

/** A certificate and its key, which belong together. */
export interface TlsPair {
  cert: string;
  key: string;
  from: Date;
  until: Date;
}

/**
 * Reads a certificate and its key. One that has expired, or is not valid yet, is read all the same: see {@link timeProblem}.
 *
 * @throws SemblanceError TLS_INVALID where a file holds something else, or the two do not belong together; PATH_NOT_FOUND
 */
export async function readTlsPair(files: TlsFiles): Promise<TlsPair> {
  const [cert, key] = await Promise.all([readTextFile(files.cert), readTextFile(files.key)]);
  const certificate = certificateOf(cert, files.cert);
  if (!certificate.checkPrivateKey(keyOf(key, files.key))) {
    throw invalid(
      `the key in ${files.key} is not that of the certificate in ${files.cert}: give the two that were made together`,
    );
  }
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    throw invalid(`TLS does not take the certificate in ${files.cert}: ${(cause as Error).message}`, cause);
  }
  return { cert, key, from: certificate.validFromDate, until: certificate.validToDate };
}

/** What is wrong with a certificate at a time; null where nothing is. */
export function timeProblem({ from, until }: TlsPair, nowMs = Date.now()): string | null {
  if (nowMs > until.getTime())
    return `expired on ${until.toISOString()}: clients refuse it until it is renewed`;
  if (nowMs < from.getTime())
    return `is not valid before ${from.toISOString()}: clients refuse it until then`;
  return null;
}

function certificateOf(pem: string, path: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw invalid(`${path} begins with no certificate in PEM (-----BEGIN CERTIFICATE-----)`, cause);
  }
}

function keyOf(pem: string, path: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw invalid(
      /^(-----BEGIN|Proc-Type).*ENCRYPTED/m.test(pem)
        ? `the key in ${path} is locked by a passphrase: store it without one, readable by the service alone`
        : `${path} holds no private key in PEM (-----BEGIN PRIVATE KEY-----)`,
      cause,
    );
  }
}

const invalid = (message: string, cause?: unknown): SemblanceError =>
  new SemblanceError('TLS_INVALID', message, { cause });

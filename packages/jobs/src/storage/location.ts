import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SemblanceError } from '../error.ts';
import { storageDrivers } from './drivers/index.ts';
import type { Location, ObjectStorage, StorageDrivers } from './storage.ts';

export interface OpenLocationOptions {
  /** Where endpoints and regions are looked up (the process's own environment). */
  env?: Readonly<Record<string, string | undefined>>;
  /** Drivers of your own by scheme, besides those that come along. */
  drivers?: StorageDrivers;
}

/**
 * Opens a location: `file:///folder`, `s3://bucket/prefix`, `obs://bucket/prefix`, or a folder's path.
 *
 * Credentials come from where the SDK looks for them (environment, shared files, and an EC2 instance's role where
 * `AWS_EC2_METADATA_DISABLED=false` asks for it), never from the location. Endpoints: `AWS_ENDPOINT_URL_S3` or
 * `AWS_ENDPOINT_URL` for s3, `OBS_ENDPOINT` for obs.
 *
 * @throws SemblanceError STORAGE_URL_INVALID
 */
export async function openLocation(
  url: string,
  { env = process.env, drivers = {} }: OpenLocationOptions = {},
): Promise<ObjectStorage> {
  const location = parseLocation(url, drivers);
  return { ...storageDrivers, ...drivers }[location.scheme]!(location, env);
}

/**
 * Takes a location's text apart.
 *
 * @param drivers of your own by scheme: their locations are `scheme://bucket/prefix`
 * @throws SemblanceError STORAGE_URL_INVALID for an unknown scheme, a location with a user, a query or a `..`.
 */
export function parseLocation(url: string, drivers: StorageDrivers = {}): Location {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url) ?? [];
  if (scheme === undefined || rest === undefined) {
    if (url.trim() === '') throw invalid(url, 'it is empty');
    return { scheme: 'file', bucket: '', prefix: resolve(url) };
  }
  const name = scheme.toLowerCase();
  const schemes = Object.keys({ ...storageDrivers, ...drivers });
  if (!schemes.includes(name)) throw invalid(url, `known are ${schemes.join(', ')}`);
  if (/[?#\0\\]/.test(rest)) throw invalid(url, 'it contains a query, a fragment or a backslash');
  if (name === 'file') {
    if (!rest.startsWith('/')) throw invalid(url, 'the location of a folder starts with file:///');
    return { scheme: name, bucket: '', prefix: resolve(fileURLToPath(`file://${rest}`)) };
  }
  const [bucket = '', ...parts] = rest.split('/');
  if (bucket.includes('@')) throw invalid('…', 'credentials do not belong in a location');
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i.test(bucket))
    throw invalid(url, 'the name of a bucket has 3 to 63 letters, digits, dots and dashes');
  const named = parts.filter((part) => part !== '');
  if (named.some((part) => part === '..' || part === '.'))
    throw invalid(url, 'it contains . or .. as a part');
  return { scheme: name, bucket, prefix: named.join('/') };
}

function invalid(url: string, reason: string): SemblanceError {
  return new SemblanceError('STORAGE_URL_INVALID', `'${url.slice(0, 200)}' is not a location: ${reason}`);
}

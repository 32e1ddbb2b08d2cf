import type { Env } from '@semblance/core';
import { parseReference, type Reference } from '../oci/reference.ts';
import { Registry } from './client.ts';
import { type Credentials, storedCredentials } from './credentials.ts';

export interface OpenRegistryOptions {
  /** Given by the caller; else those of the container engines are taken. */
  credentials?: Credentials | null;
  /** Speaks HTTP also to a registry that is not of this machine. */
  isInsecure?: boolean;
  env?: Env;
}

export interface OpenedRegistry {
  registry: Registry;
  reference: Reference;
}

/**
 * The repository that an image's name stands for.
 *
 * @throws OCI_REFERENCE_INVALID, REGISTRY_DENIED
 */
export async function openRegistry(
  name: string,
  { credentials, isInsecure = false, env = process.env }: OpenRegistryOptions = {},
): Promise<OpenedRegistry> {
  const reference = parseReference(name);
  const { registry, repository } = reference;
  const known = credentials ?? (await storedCredentials(registry, env));
  return { registry: new Registry({ registry, repository, credentials: known, isInsecure }), reference };
}

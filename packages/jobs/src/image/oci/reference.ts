import { SemblanceError } from '../../error.ts';

/** `registry/organisation/name:tag@sha256:…` taken apart. */
export interface Reference {
  /** Host, and port where one is given. */
  registry: string;
  repository: string;
  tag: string;
  /** Where the image is named by it. */
  digest: string | null;
}

/** Where images are looked for whose name names no registry, as with Docker. */
const DEFAULT_REGISTRY = 'docker.io';

/**
 * Takes the name of an image apart, as Docker does: `debian` is `docker.io/library/debian:latest`.
 *
 * @throws OCI_REFERENCE_INVALID
 */
export function parseReference(text: string): Reference {
  const [, name, tag, digest] =
    /^([^:@]+(?::\d+\/[^:@]+)?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text) ?? [];
  const parts = name?.split('/') ?? [];
  const hasRegistry = parts.length > 1 && (/[.:]/.test(parts[0]!) || parts[0] === 'localhost');
  const registry = hasRegistry ? parts.shift()! : DEFAULT_REGISTRY;
  if (registry === DEFAULT_REGISTRY && parts.length === 1) parts.unshift('library');
  const isHost = /^(\[[0-9a-f:]+\]|[a-z0-9-]+(\.[a-z0-9-]+)*)(:\d+)?$/i.test(registry);
  if (
    !isHost ||
    parts.length === 0 ||
    !parts.every((part) => /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/.test(part))
  )
    throw new SemblanceError(
      'OCI_REFERENCE_INVALID',
      `'${text.slice(0, 200)}' is not the name of an image: expected [REGISTRY/]NAME[:TAG] in small letters, such as registry.example.org/team/faces:1.0`,
    );
  return { registry, repository: parts.join('/'), tag: tag ?? 'latest', digest: digest ?? null };
}

/** A reference as text, whole. */
export function referenceText({ registry, repository, tag, digest }: Reference): string {
  return `${registry}/${repository}:${tag}${digest === null ? '' : `@${digest}`}`;
}

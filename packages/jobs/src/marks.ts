import { SemblanceError } from './error.ts';
import type { Version } from './model.ts';
import type { VersionStore } from './store/version-store.ts';

/** What people say of a version; what is left out stays as it is. */
export interface Marks {
  /** At most 256 characters. */
  description?: string;
  /** Added to those it has. */
  addTags?: readonly string[];
  removeTags?: readonly string[];
  /** At most 10,000 characters; replaces what was written before. */
  note?: string;
  isStarred?: boolean;
  isPinned?: boolean;
}

const MOST_DESCRIPTION = 256;
const MOST_NOTE = 10_000;
const MOST_TAGS = 50;
const tagForm = /^[\p{L}\p{N}][\p{L}\p{N} ._:/=-]{0,63}$/u;

/** @throws USAGE_INVALID_VALUE */
export function checkDescription(text: string): string {
  if (text.length <= MOST_DESCRIPTION) return text;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected a description of at most ${MOST_DESCRIPTION} characters but received ${text.length}`,
  );
}

/**
 * Writes what people say of a version, in any state of it.
 *
 * @returns the version as it then is
 * @throws USAGE_INVALID_VALUE, VERSION_NOT_FOUND
 */
export async function markVersion(
  store: VersionStore,
  { id }: Pick<Version, 'id'>,
  { addTags = [], removeTags = [], note, description, ...flags }: Marks,
): Promise<Version> {
  const version = await store.get(id);
  const wrong = addTags.find((tag) => !tagForm.test(tag));
  if (wrong !== undefined) {
    const form = '1 to 64 letters, digits, spaces or ._:/=-, beginning with a letter or digit';
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected a tag of ${form} but received '${wrong.slice(0, 80)}'`,
    );
  }
  const tags = [...new Set([...(version?.tags ?? []), ...addTags])].filter(
    (tag) => !removeTags.includes(tag),
  );
  if (tags.length > MOST_TAGS)
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `a version has at most ${MOST_TAGS} tags, not ${tags.length}`,
    );
  if (note !== undefined && note.length > MOST_NOTE)
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected a note of at most ${MOST_NOTE} characters but received ${note.length}`,
    );
  await store.update(id, {
    ...flags,
    tags,
    ...(note === undefined ? {} : { note }),
    ...(description === undefined ? {} : { description: checkDescription(description) }),
  });
  const marked = await store.get(id);
  if (marked) return marked;
  throw new SemblanceError('VERSION_NOT_FOUND', 'the version was deleted in the meantime');
}

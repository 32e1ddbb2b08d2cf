import { readJsonFile, writeJsonFile } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';

const form = /^[\w-]{1,64}@[\w-]{1,64}$/;

/**
 * The aliases whose versions are deployed whenever they are moved: those that the service was started with, and those that
 * were added since, which are kept in a file.
 */
export class FollowedAliases implements Iterable<string> {
  readonly #path: string;
  readonly #given: readonly string[];
  #added: readonly string[];

  private constructor(path: string, given: readonly string[], added: readonly string[]) {
    this.#path = path;
    this.#given = given;
    this.#added = added;
  }

  /** @throws SemblanceError DATA_CORRUPT for a file that cannot be read */
  static async open(path: string, given: readonly string[]): Promise<FollowedAliases> {
    const kept = (await readJsonFile(path)) as { aliases?: unknown } | null;
    const aliases = kept === null ? [] : kept.aliases;
    if (Array.isArray(aliases) && aliases.every((one) => typeof one === 'string' && form.test(one)))
      return new FollowedAliases(path, given, aliases as string[]);
    throw new SemblanceError('DATA_CORRUPT', `${path} is no list of aliases`);
  }

  [Symbol.iterator](): Iterator<string> {
    return new Set([...this.#given, ...this.#added]).values();
  }

  /** @throws SemblanceError REQUEST_INVALID, and those of the disk */
  async add(alias: string): Promise<void> {
    requireAlias(alias);
    if (![...this].includes(alias)) await this.#keep([...this.#added, alias]);
  }

  /** @throws SemblanceError ALIAS_NOT_FOUND where it is not followed, REQUEST_INVALID where the start of the service named it */
  async remove(alias: string): Promise<void> {
    if (this.#given.includes(alias))
      throw new SemblanceError(
        'REQUEST_INVALID',
        `${alias} is followed because the service was started with --follow ${alias}: start it without`,
      );
    if (!this.#added.includes(alias))
      throw new SemblanceError('ALIAS_NOT_FOUND', `${alias.slice(0, 80)} is not followed`);
    await this.#keep(this.#added.filter((one) => one !== alias));
  }

  async #keep(aliases: readonly string[]): Promise<void> {
    await writeJsonFile(this.#path, { aliases }, 0o600);
    this.#added = aliases;
  }
}

/** @throws SemblanceError REQUEST_INVALID for what cannot be followed: a version, or a job's newest */
export function requireAlias(text: string): void {
  if (form.test(text)) return;
  const message = `expected an alias such as faces@production but received '${text.slice(0, 80)}'`;
  throw new SemblanceError('REQUEST_INVALID', message);
}

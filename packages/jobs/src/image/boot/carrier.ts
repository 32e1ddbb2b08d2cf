import type { Env } from '@semblance/core';
import { asSemblanceError, SemblanceError } from '../../error.ts';
import { JobParts } from '../../parts.ts';
import { scrub } from '../../record/secrets.ts';
import { filledLocation, withLocation } from '../../steps/places.ts';
import { copyDown, copyUp, type ObjectStorage, predownload } from '../../storage/index.ts';

/** Copies between the folders of a job and locations, and says what came of it without a credential. */
export class Carrier {
  readonly #env: Env;
  readonly #say: (line: string) => void;

  constructor(env: Env, say: (line: string) => void) {
    this.#env = env;
    this.#say = (line) => say(`[boot] ${scrub(line, env)}`);
  }

  report(what: string, error: unknown): void {
    const { code, message } = asSemblanceError(error);
    this.#say(`${what}: error ${code}: ${message}`);
  }

  /** @throws SemblanceError those of `copyDown` */
  async fetch(what: string, location: string, dir: string): Promise<void> {
    const { files, sizeBytes } = await this.#at(location, (storage) => copyDown(storage, dir));
    this.#say(`${what}: ${files} files, ${sizeBytes} bytes from ${location}`);
  }

  /** Fetches what an earlier run has left; that there is nothing is no error. */
  async fetchEarlier(what: string, location: string, dir: string): Promise<void> {
    const found = await this.#at(location, (storage) => predownload(storage, dir));
    this.#say(`earlier ${what} at ${location}: ${found}`);
  }

  /** @returns whether it arrived; why it did not is said */
  async send(what: string, dir: string, location: string): Promise<boolean> {
    try {
      const { files, sizeBytes } = await this.#at(location, (storage) => copyUp(dir, storage));
      if (files === 0) throw new SemblanceError('DATA_EMPTY', `the command wrote nothing to ${dir}`);
      this.#say(`${what}: ${files} files, ${sizeBytes} bytes to ${location}`);
      return true;
    } catch (error) {
      this.report(`${what} did not arrive at ${location}`, error);
      return false;
    }
  }

  /** `{job}` and `{version}` in a location are those of `SEMBLANCE_JOB`. */
  #at<T>(location: string, action: (storage: ObjectStorage) => Promise<T>): Promise<T> {
    const [, job, number] = /^(.+)\/V(\d+)$/.exec(this.#env.SEMBLANCE_JOB ?? '') ?? [];
    const filled = job ? filledLocation(location, { job, number: Number(number) }) : location;
    return withLocation(filled, new JobParts(), action);
  }
}

import { theService } from '../../audit/audited-change.ts';
import { DEFAULT_COLLECTION } from '../../collections/collections.ts';
import { asSemblanceError, isSemblanceError } from '../../error.ts';
import type { Service } from '../service.ts';
import { collectionOf } from './open-collection.ts';
import { eraseSubject } from './subjects.ts';

/** How often it is looked whose time is up. */
const EVERY_MS = 10 * 60_000;

/** Erases subjects whose time is up, of every collection: when the service has started, and every ten minutes. */
export class Expiry {
  readonly #service: () => Service;
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(service: () => Service) {
    this.#service = service;
  }

  start(): void {
    const sweep = () => void this.sweep().catch(() => {}); // said in the log
    this.#timer = setInterval(sweep, EVERY_MS).unref();
    sweep();
  }

  /** Gives the number of subjects that were erased. */
  sweep(): Promise<number> {
    const turn = this.#last.then(() => this.#sweep());
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Resolves once what was begun is done. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
  }

  async #sweep(): Promise<number> {
    const service = this.#service();
    let numErased = 0;
    for (const name of [DEFAULT_COLLECTION, ...(await service.collections.names())]) {
      if (service.isDraining) break;
      try {
        numErased += await this.#sweepOne(service, name);
      } catch (error) {
        // a service without a gallery has nobody whose time could be up
        if (isSemblanceError(error, 'GALLERY_NOT_FOUND')) continue;
        const { code, message } = asSemblanceError(error);
        service.log.event('error', `subjects of ${name} whose time is up were not erased: ${message}`, {
          code,
        });
      }
    }
    return numErased;
  }

  async #sweepOne(service: Service, name: string): Promise<number> {
    const collection = collectionOf(service, name);
    const names = await collection.read(({ thread }) => thread.call('expired', new Date()));
    for (const subject of names) await eraseSubject(service, collection, subject, theService, 'expire');
    if (names.length > 0)
      service.log.event('info', `${names.length} subjects of ${name} were erased: their time was up`);
    return names.length;
  }
}

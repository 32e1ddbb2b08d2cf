import { resolve } from 'node:path';
import { type GallerySettings, isGalleryAddress, shownGallery } from '@semblance/face/gallery';
import { SemblanceError } from '../error.ts';
import type { GalleryData } from './workers/roles/gallery.ts';
import { type ServiceWorker, startWorker } from './workers/service-worker.ts';

/** An open gallery in a thread of its own, shared by all that serve from it. */
export interface GalleryHost {
  readonly path: string;
  readonly modelId: string;
  threshold: number;
  settings: GallerySettings;
  readonly thread: ServiceWorker<'gallery'>;
  release(): Promise<void>;
}

/**
 * What a gallery is known by: an absolute path, or a database's address.
 *
 * @throws SemblanceError DEPLOYMENT_REFUSED for an address with a password, which would be written down
 */
export function galleryKey(place: string): string {
  if (!isGalleryAddress(place)) return resolve(place);
  if (shownGallery(place) === place) return place;
  throw new SemblanceError(
    'DEPLOYMENT_REFUSED',
    `the service takes no password in the address of a gallery (${shownGallery(place)}): give it in PGPASSWORD, in ~/.pgpass or in the file that PGPASSFILE names`,
  );
}

/** Takes over the threshold that a gallery found for itself after it was changed, and what was set for it. */
export async function followThreshold(gallery: GalleryHost): Promise<void> {
  const { threshold, settings = {} } = await gallery.thread.call('meta', null);
  gallery.threshold = threshold;
  gallery.settings = settings;
}

interface Shared {
  host: Omit<GalleryHost, 'release'>;
  users: number;
}

/** Opens each gallery once, however many ask for it, and closes it after the last. */
export class GalleryHosts {
  readonly #open = new Map<string, Promise<Shared>>();

  /**
   * @param modelId the recognizer it will be searched with.
   * @throws SemblanceError GALLERY_MODEL_MISMATCH; GALLERY_NOT_FOUND, GALLERY_BUSY, GALLERY_CORRUPT.
   */
  async acquire(path: string, modelId: string | null, create?: GalleryData['create']): Promise<GalleryHost> {
    const key = galleryKey(path);
    let opening = this.#open.get(key);
    if (!opening) {
      opening = openShared({ path: key, ...(create ? { create } : {}) });
      this.#open.set(key, opening);
      opening.catch(() => this.#open.delete(key));
    }
    const shared = await opening;
    shared.users++;
    let isReleased = false;
    const release = async (): Promise<void> => {
      if (isReleased) return;
      isReleased = true;
      if (--shared.users > 0) return;
      this.#open.delete(key);
      await shared.host.thread.close();
    };
    if (modelId !== null && shared.host.modelId !== modelId) {
      await release();
      throw new SemblanceError(
        'GALLERY_MODEL_MISMATCH',
        `the gallery was built with the recognizer ${shared.host.modelId}, not with ${modelId}`,
      );
    }
    const host = shared.host;
    return {
      ...{ path: host.path, modelId: host.modelId, thread: host.thread, release },
      get threshold() {
        return host.threshold;
      },
      set threshold(value: number) {
        host.threshold = value;
      },
      get settings() {
        return host.settings;
      },
      set settings(value: GallerySettings) {
        host.settings = value;
      },
    };
  }
}

async function openShared(data: GalleryData): Promise<Shared> {
  const thread = await startWorker('gallery', data);
  const { modelId, threshold, settings = {} } = await thread.call('meta', null);
  return { host: { path: data.path, modelId, threshold, settings, thread }, users: 0 };
}

import { DEFAULT_COLLECTION } from '../../collections/collections.ts';
import type { Lease } from '../../fleet/fleet.ts';
import type { GalleryHost } from '../../fleet/gallery-hosts.ts';
import type { ServingUnit } from '../../fleet/unit.ts';
import { everyGallery, galleryOf, type Place } from '../galleries.ts';
import { leased } from '../leased.ts';
import type { Service } from '../service.ts';

/** A collection, whichever it is: the gallery that is deployed, which may lie in several places, or one of its own. */
export interface OpenCollection {
  readonly name: string;
  /** Reads it. @throws SemblanceError GALLERY_NOT_FOUND */
  read<T>(work: (gallery: GalleryHost) => Promise<T>): Promise<T>;
  /** Changes every gallery that holds it; gives what each said, the first that of the most requests. */
  change<T>(work: (place: ChangedPlace) => Promise<T>): Promise<T[]>;
  /**
   * Works with a unit whose embeddings it holds, and the gallery to search by them.
   *
   * @param isPrimary of the most requests, where requests are shared: what is no matter of chance
   * @throws SemblanceError COLLECTION_MODEL_MISMATCH where no such recognizer is deployed
   */
  withUnit<T>(work: (unit: ServingUnit, gallery: GalleryHost) => Promise<T>, isPrimary?: boolean): Promise<T>;
}

/** A gallery that is changed; its unit is null where no recognizer is deployed whose embeddings it holds. */
export type ChangedPlace = Omit<Place, 'unit'> & { unit: ServingUnit | null };

/** The collection of that name; whether it is there, its methods say. */
export const collectionOf = (service: Service, name: string): OpenCollection =>
  name === DEFAULT_COLLECTION ? deployed(service) : ofItsOwn(service, name);

const deployed = (service: Service): OpenCollection => ({
  name: DEFAULT_COLLECTION,
  read: async (work) => work(galleryOf(service)),
  change: (work) => everyGallery(service, work),
  async withUnit(work, isPrimary = false) {
    const { fleet } = service.deployments;
    const primary = galleryOf(service);
    const lease = isPrimary ? fleet.acquirePrimary() : fleet.acquire();
    return leased(lease, (unit) => work(unit, unit.gallery ?? primary));
  },
});

function ofItsOwn({ collections, deployments: { fleet } }: Service, name: string): OpenCollection {
  const unitOf = ({ modelId }: GalleryHost): ServingUnit | null =>
    fleet.entries.find(({ unit }) => unit.recognizer.id === modelId)?.unit ?? null;
  return {
    name,
    read: (work) => collections.use(name, work),
    change: async (work) => [
      await collections.change(name, (gallery) => work({ gallery, unit: unitOf(gallery) })),
    ],
    withUnit: (work) =>
      collections.use(name, (gallery) => {
        const lease: Lease = fleet.acquireOf(gallery.modelId);
        return leased(lease, (unit) => work(unit, gallery));
      }),
  };
}

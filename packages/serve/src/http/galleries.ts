import { SemblanceError } from '../error.ts';
import { followThreshold, type GalleryHost } from '../fleet/gallery-hosts.ts';
import type { ServingUnit } from '../fleet/unit.ts';
import type { Service } from './service.ts';

/** A gallery with the unit that it serves. */
export interface Place {
  unit: ServingUnit;
  gallery: GalleryHost;
}

const none = () => new SemblanceError('GALLERY_NOT_FOUND', 'the service was started without a gallery');

/** The gallery that most requests are answered from. */
export function galleryOf(service: Service): GalleryHost {
  const { gallery } = service.deployments.fleet.primary.unit;
  if (gallery === null) throw none();
  return gallery;
}

/**
 * Changes every gallery that is in use, that of the most requests first, while no model is switched. Who is removed is
 * removed from those that a roll-back could bring back, too.
 */
export function everyGallery<T>(service: Service, change: (place: Place) => Promise<T>): Promise<T[]> {
  return service.deployments.changingGalleries(async () => {
    const { galleries } = service.deployments;
    if (galleries.length === 0) throw none();
    const results: T[] = [];
    try {
      for (const place of galleries) {
        results.push(await change(place));
        await followThreshold(place.gallery);
      }
    } finally {
      await service.deployments.carryErasures();
    }
    return results;
  });
}

import { hashBytes } from '@semblance/core/files';
import { CROP_QUALITY, type NewFace } from '@semblance/face/gallery';
import type { Actor } from '../../audit/audited-change.ts';
import { isSemblanceError, SemblanceError } from '../../error.ts';
import type { GalleryHost } from '../../fleet/gallery-hosts.ts';
import type { Asker } from '../../fleet/worker-pool.ts';
import { faceIdOf } from '../contracts.ts';
import { everyGallery, galleryOf, type Place } from '../galleries.ts';
import { leased } from '../leased.ts';
import type { Service } from '../service.ts';
import { biggest, detectOptions } from './answers.ts';
import type { DetectQuery } from './schemas.ts';
import { spelled } from './spelling.ts';

/** An enrolled face in an answer. */
export const storedJson = ({ contract }: Service, { id, subject }: { id: number; subject: string }) => ({
  image_id: contract.imageId(id),
  subject,
});

/** Removes faces from every gallery in use; gives those that were there. */
export async function remove(service: Service, ids: readonly string[], actor: Actor) {
  const numbers = ids.map(faceIdOf).filter((id) => id >= 0);
  const method = service.contract.keepsSubjects ? 'removeFacesOnly' : 'removeFaces';
  const change = { action: 'erase', ...actor, faces: numbers } as const;
  const [removed] = await service.audit.around(change, () =>
    everyGallery(service, ({ gallery }) => gallery.thread.call(method, numbers)),
  );
  return removed!.map((face) => storedJson(service, face));
}

/** Removes everybody; gives how many faces and subjects. */
export async function removeAll(
  service: Service,
  actor: Actor,
): Promise<{ faces: number; subjects: number }> {
  const [removed] = await service.audit.around({ action: 'erase everybody', ...actor }, () =>
    everyGallery(service, ({ gallery }) => gallery.thread.call('removeSubjects', null)),
  );
  return removed!;
}

/** Removes a subject; gives the number of faces. */
export async function removeOf(service: Service, subject: string, actor: Actor): Promise<number> {
  const [numFaces] = await service.audit.around({ action: 'erase', ...actor, subject }, () =>
    everyGallery(service, async ({ gallery }) => {
      try {
        return await gallery.thread.call('removeSubject', await spelled(service, gallery, subject));
      } catch (error) {
        const isNobody = isSemblanceError(error, 'GALLERY_SUBJECT_NOT_FOUND');
        if (isNobody && service.contract.missingIsNothing) return 0;
        throw error;
      }
    }),
  );
  return numFaces!;
}

/** Enrols a picture's face into every gallery in use, under the same id; it is on the disk when the id is given. */
export async function enrol(
  service: Service,
  subject: string,
  bytes: Uint8Array,
  query: DetectQuery,
  { actor, ...asker }: Asker & { actor: Actor },
): Promise<number> {
  const { fleet } = service.deployments;
  return leased(fleet.acquirePrimary(), async (own) => {
    galleryOf(service);
    const plan = { ...detectOptions(service, query), jpegQuality: CROP_QUALITY };
    const faces = biggest((await own.embed(bytes, plan, asker)).faces, query);
    if (faces.length === 0) throw new SemblanceError('NO_FACE');
    if (faces.length > 1) {
      throw new SemblanceError(
        'TOO_MANY_FACES',
        `the picture shows ${faces.length} faces; send one with exactly one face`,
      );
    }
    const { embedding, quality, jpeg } = faces[0]!;
    const contentHash = hashBytes(bytes);
    let id: number | undefined;
    const done: GalleryHost[] = [];
    const intoEach = async ({ unit, gallery }: Place): Promise<void> => {
      const isOwn = unit.recognizer.id === own.recognizer.id;
      const face: NewFace = {
        ...{ quality: quality.quality, crop: jpeg, contentHash, origin: 'enrol' },
        subject: await spelled(service, gallery, subject),
        ...(id === undefined ? {} : { id }),
        embedding: isOwn ? embedding : (await unit.embedJpegs([jpeg!]))[0]!,
      };
      try {
        const [added] = await gallery.thread.call('enrol', { faces: [face], modelId: unit.recognizer.id });
        id ??= added;
        done.push(gallery);
      } catch (error) {
        // in all or in none: what is called failed must not be known by half
        await Promise.allSettled(done.map(({ thread }) => thread.call('removeFaces', [id!])));
        throw error;
      }
    };
    await service.audit.around(
      { action: 'enrol', ...actor, subject },
      () => everyGallery(service, intoEach),
      () => ({ faces: [id!] }),
    );
    return id!;
  });
}

import { hashBytes } from '@semblance/core/files';
import { type CheckMode, requireGoodPhoto } from '@semblance/face/doctor';
import { CROP_QUALITY, type NewFace } from '@semblance/face/gallery';
import type { Box } from '@semblance/face/geometry';
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
        const name = await spelled(service, gallery, subject);
        return (await gallery.thread.call('removeSubject', name)).numFaces;
      } catch (error) {
        const isNobody = isSemblanceError(error, 'GALLERY_SUBJECT_NOT_FOUND');
        if (isNobody && service.contract.missingIsNothing) return 0;
        throw error;
      }
    }),
  );
  return numFaces!;
}

/** The one face of a picture. @throws SemblanceError NO_FACE, TOO_MANY_FACES */
function onlyFace<T extends { box: Box }>(found: readonly T[], query: DetectQuery): T {
  const faces = biggest(found, query);
  if (faces.length === 0) throw new SemblanceError('NO_FACE');
  if (faces.length === 1) return faces[0]!;
  throw new SemblanceError(
    'TOO_MANY_FACES',
    `the picture shows ${faces.length} faces; send one with exactly one face`,
  );
}

/** What becomes of a face. */
interface Use {
  action: 'enrol' | 'reject';
  /** Gives the id that the gallery has it under; the one that is given, where one is. */
  add(gallery: GalleryHost, face: NewFace, modelId: string): Promise<number>;
  takeBack(gallery: GalleryHost, id: number): Promise<unknown>;
}

const enrolling: Use = {
  action: 'enrol',
  add: async ({ thread }, face, modelId) => (await thread.call('enrol', { faces: [face], modelId }))[0]!,
  takeBack: ({ thread }, id) => thread.call('removeFaces', [id]),
};

const rejecting: Use = {
  action: 'reject',
  add: ({ thread }, negative, modelId) => thread.call('reject', { negative, modelId }),
  takeBack: ({ thread }, id) => thread.call('takeBack', id),
};

/** Enrols a picture's face into every gallery in use, under the same id; it is on the disk when the id is given. */
export const enrol = usePicture(enrolling);
/** The same of a face that was cut out and embedded before. */
export const enrolFace = useFace(enrolling);

/** Notes in every gallery in use, under the same id, that a picture's face is not the subject's. */
export const reject = usePicture(rejecting);
/** The same of a face that was cut out and embedded before. */
export const rejectFace = useFace(rejecting);

/** A face that was cut out and embedded, by the recognizer `modelId`. */
export interface CutFace {
  embedding: Float32Array;
  modelId: string;
  quality: number;
  crop: Uint8Array;
  contentHash: string | null;
}

function usePicture(use: Use) {
  const useThis = useFace(use);
  return (
    service: Service,
    subject: string,
    bytes: Uint8Array,
    query: DetectQuery,
    { actor, check = 'off', ...asker }: Asker & { actor: Actor; check?: CheckMode },
  ): Promise<number> =>
    leased(service.deployments.fleet.acquirePrimary(), async (own) => {
      galleryOf(service);
      const plan = { ...detectOptions(service, query), jpegQuality: CROP_QUALITY };
      const { faces } = await own.embed(bytes, plan, asker);
      const found = onlyFace(faces, query);
      const { embedding, quality, jpeg } = found;
      await requireGoodPhoto({ ...found, numFaces: faces.length }, check, 'the picture');
      const face = { embedding, modelId: own.recognizer.id, quality: quality.quality, crop: jpeg! };
      return useThis(service, subject, { ...face, contentHash: hashBytes(bytes) }, actor);
    });
}

function useFace({ action, add, takeBack }: Use) {
  return async (service: Service, subject: string, cut: CutFace, actor: Actor): Promise<number> => {
    const { embedding, modelId, quality, crop, contentHash } = cut;
    let id: number | undefined;
    const done: GalleryHost[] = [];
    const intoEach = async ({ unit, gallery }: Place): Promise<void> => {
      const isOwn = unit.recognizer.id === modelId;
      const face: NewFace = {
        ...{ quality, crop, contentHash, origin: 'enrol' },
        subject: await spelled(service, gallery, subject),
        ...(id === undefined ? {} : { id }),
        embedding: isOwn ? embedding : (await unit.embedJpegs([crop]))[0]!,
      };
      try {
        id = await add(gallery, face, unit.recognizer.id);
        done.push(gallery);
      } catch (error) {
        // in all or in none: what is called failed must not be known by half
        await Promise.allSettled(done.map((other) => takeBack(other, id!)));
        throw error;
      }
    };
    await service.audit.around(
      { action, ...actor, subject },
      () => everyGallery(service, intoEach),
      () => ({ faces: [id!] }),
    );
    return id!;
  };
}

/** Takes back in every gallery in use that a face is not somebody's; whether that was known. */
export async function takeBack(service: Service, id: number, actor: Actor): Promise<boolean> {
  const change = { action: 'take back', ...actor, target: String(id) } as const;
  const known = await service.audit.around(change, () =>
    everyGallery(service, ({ gallery }) => gallery.thread.call('takeBack', id)),
  );
  return known.some(Boolean);
}

import { join } from 'node:path';
import { exists } from '@semblance/core/files';
import { type CheckMode, examineGallery, type GalleryCheckup } from '@semblance/face/doctor';
import {
  type Erasure,
  type ErasureReceipt,
  eraseBeside,
  eraseFromGallery,
  GALLERY_FILE,
  Gallery,
  type GalleryMeta,
  isGalleryAddress,
  type NewFace,
  type NewNegative,
  requireWholeGallery,
  type StoredFace,
  type StoredNegative,
  type SubjectHit,
  type ThresholdEstimate,
  type ThresholdOptions,
} from '@semblance/face/gallery';
import { SemblanceError } from '../../../error.ts';
import { forgetNames } from '../../named-subjects.ts';
import { createPeople, type PeoplePage, type PeopleQuery } from '../../people.ts';
import { createSpellings } from '../../spellings.ts';
import { profileMethods } from './gallery-profiles.ts';
import { createHealth } from './health.ts';
import { nameMethods } from './name-changes.ts';
import { fileOf, namesFileOf, openAlone, openShared } from './opened-gallery.ts';

export interface GalleryData {
  /** A gallery's folder. */
  path: string;
  /** Makes it where it is not there. */
  create?: { modelId: string; embeddingSize: number; thresholdBy: ThresholdOptions };
}

export interface FacePage {
  faces: { id: number; subject: string }[];
  total: number;
}

/** What became of a subject who was removed. */
export interface Removal {
  numFaces: number;
  /** One where the gallery is encrypted and they had a face. */
  receipts: ErasureReceipt[];
}

/** A face on its way to a copy of the gallery. */
export type CopiedFace = Omit<StoredFace, 'embedding'> & { crop: Uint8Array | null };

/** Keeps a gallery open: searches it, enrols into it, lists it. */
export const galleryRole = {
  async open({ path, create }: GalleryData) {
    if (create && !(await exists(join(path, GALLERY_FILE))))
      await (await Gallery.create(path, create)).close();
    const isShared = isGalleryAddress(path);
    const file = isShared ? path : await fileOf(path);
    const { store, gallery, named, lock } = await (isShared ? openShared(path) : openAlone(file));
    const allNames = async (): Promise<string[]> => [
      ...new Set([...(await gallery.subjects()).map(({ name }) => name), ...named.all()]),
    ];
    const spellings = createSpellings(allNames);
    const people = createPeople(() => ({ faces: gallery.faces(), faceless: named.all() }));
    /** Names have come or gone: what is kept of them is read again when it is asked for. */
    const changed = (): void => {
      spellings.forget();
      people.forget();
    };

    let seen = gallery.numTakenOver;
    /** Takes over what other machines changed, before a method looks at what is kept here. */
    async function follow(): Promise<void> {
      await gallery.refresh();
      if (gallery.numTakenOver === seen) return;
      seen = gallery.numTakenOver;
      await named.reload();
      changed();
    }

    /** What has been removed and not been asked for yet, see `takeErased`. */
    let erased = nothing();
    /** Of those whom the last removal erased from an encrypted gallery. */
    let receipts: ErasureReceipt[] = [];

    /** Removes faces and what is left of those whose last one it was. */
    async function removeFaces(ids: number[]): Promise<{ id: number; subject: string }[]> {
      const rising = [...new Set(ids)].sort((a, b) => a - b);
      const there = rising.flatMap((id) => {
        const subject = gallery.subjectOf(id);
        return subject === null ? [] : [{ id, subject }];
      });
      const going = there.map(({ id }) => id);
      const hashes: string[] = [];
      for await (const { contentHash } of store.faces(going)) if (contentHash) hashes.push(contentHash);
      // what was cut from their photos and noted as not somebody else's is theirs, too
      const negatives = (await store.negativesOfFaces?.(going)) ?? (await store.negativesOfContent(hashes));
      await gallery.removeFaces(going);
      receipts = store.takeReceipts?.() ?? [];
      for (const id of negatives) await gallery.negatives.remove(id);
      changed();
      for (const id of going) erased.ids.push(id);
      for (const hash of hashes) erased.contentHashes.push(hash);
      await noteGone(...there.map(({ subject }) => subject));
      return there;
    }

    /** What was said of somebody whose faces are removed goes with them. */
    async function forgetWhole(name: string): Promise<void> {
      if (await gallery.profiles.isSubject(name)) await gallery.remove(name);
      await named.forget(name);
      changed();
    }

    async function noteGone(...names: string[]): Promise<void> {
      const gone: string[] = [];
      for (const name of new Set(names)) {
        if (gallery.has(name) || named.has(name)) continue;
        // of whom something was said stays
        if (await gallery.profiles.isSubject(name)) await named.add(name);
        else gone.push(name);
      }
      erased.subjects.push(...gone);
      if (!isShared) await eraseBeside(file, gone);
    }

    const health = isShared
      ? createHealth(() => {}, follow)
      : createHealth((isAllRead) => requireWholeGallery(file, isAllRead));
    return {
      methods: health.watching({
        requireWhole: health.requireWhole,
        meta: (_: null): GalleryMeta => gallery.meta,
        async stats(_: null): Promise<{ subjects: number; faces: number }> {
          const { subjects, faces } = await gallery.stats();
          return { subjects, faces };
        },
        /** The k nearest subjects of each embedding. */
        search: ({ embeddings, k }: { embeddings: Float32Array[]; k: number }): Promise<SubjectHit[][]> =>
          gallery.searchMany(embeddings, k),
        async enrol({ faces, modelId }: { faces: NewFace[]; modelId: string }): Promise<number[]> {
          const value = await gallery.enrol(faces, modelId);
          people.forget();
          for (const { subject } of faces) spellings.add(subject);
          // a name that is still in the file beside its face means nothing: no reason to call an enrolment failed
          await Promise.allSettled(faces.map(({ subject }) => named.forget(subject)));
          return value;
        },
        /** A subject's name as it is spelled here, whatever case it is asked for in; null where there is none. */
        spelling: (name: string): Promise<string | null> => spellings.find(name),
        async subjects(_: null): Promise<string[]> {
          return (await allNames()).sort();
        },
        async addSubject(name: string): Promise<null> {
          if (gallery.has(name) || named.has(name)) {
            throw new SemblanceError('GALLERY_SUBJECT_EXISTS', `the gallery already has a subject ${name}`);
          }
          await named.add(name);
          people.forget();
          spellings.add(name);
          return null;
        },
        people: (query: PeopleQuery): PeoplePage => people.list(query),
        ...profileMethods({ gallery, store, named, changed }),
        async rename({ from, to }: { from: string; to: string }): Promise<null> {
          if (to.trim() === '') throw new SemblanceError('DATA_INVALID', 'a subject needs a name');
          if (!gallery.has(from) && !named.has(from)) throw noSubject(from);
          try {
            if (gallery.has(from) || gallery.profiles.areKept) await gallery.rename(from, to);
            if (gallery.has(to)) await named.forget(to);
            else await named.add(to);
            if (from !== to) await named.forget(from);
          } finally {
            changed();
          }
          return null;
        },
        async removeSubject(name: string): Promise<Removal> {
          const isNamed = named.has(name);
          if (!isNamed && !gallery.has(name)) {
            erased.subjects.push(name); // an older gallery may still have them
            throw noSubject(name);
          }
          const { length: numFaces } = await removeFaces(gallery.facesOf(name));
          await forgetWhole(name);
          await noteGone(name);
          return { numFaces, receipts };
        },
        async removeSubjects(_: null): Promise<{ subjects: number; faces: number }> {
          const names = await allNames();
          const { length: faces } = await removeFaces(gallery.faces().map(({ id }) => id));
          for (const name of names) await forgetWhole(name);
          await noteGone(...names);
          return { subjects: names.length, faces };
        },
        faces({ page, size, subject }: { page: number; size: number; subject: string | null }): FacePage {
          const all =
            subject === null ? gallery.faces() : gallery.facesOf(subject).map((id) => ({ id, subject }));
          return { faces: all.slice(page * size, (page + 1) * size), total: all.length };
        },
        removeFaces,
        ...nameMethods(gallery, named, changed),
        reject: ({ negative, modelId }: { negative: NewNegative; modelId: string }): Promise<number> =>
          gallery.negatives.add(negative, modelId),
        rejections: (_: null): Promise<StoredNegative[]> => gallery.negatives.list(),
        async takeBack(id: number): Promise<boolean> {
          const wasThere = await gallery.negatives.remove(id);
          if (wasThere) erased.negatives.push(id);
          return wasThere;
        },
        /** What was removed since this was last asked for: it is to be removed from older galleries, too. */
        takeErased(_: null): Erasure {
          const taken = erased;
          erased = nothing();
          return taken;
        },
        /** Removes people from another gallery, which nobody has open. */
        async eraseFrom({ path: other, ...erasure }: Erasure & { path: string }): Promise<null> {
          const otherFile = isGalleryAddress(other) ? other : await fileOf(other);
          const gone = await eraseFromGallery(otherFile, erasure, 'a service');
          if (isGalleryAddress(other)) return null;
          await forgetNames(namesFileOf(otherFile), [...gone, ...erasure.subjects]);
          return null;
        },
        /** The same, but subjects stay when their last face goes. */
        async removeFacesOnly(ids: number[]): Promise<{ id: number; subject: string }[]> {
          const wanted = new Set(ids);
          const subjects = new Set(ids.flatMap((id) => gallery.subjectOf(id) ?? []));
          const isLeft = (name: string) => gallery.facesOf(name).every((id) => wanted.has(id));
          await named.add(...[...subjects].filter(isLeft));
          return removeFaces(ids);
        },
        face(id: number): { subject: string; embedding: Float32Array } | null {
          const subject = gallery.subjectOf(id);
          const embedding = gallery.embedding(id);
          return subject === null || embedding === null ? null : { subject, embedding };
        },
        crop: async (id: number): Promise<Uint8Array | null> => gallery.crop(id),
        /** Every face with all but its embedding and its crop: what a copy is held against. */
        async catalogue(_: null): Promise<Omit<StoredFace, 'embedding'>[]> {
          const value: Omit<StoredFace, 'embedding'>[] = [];
          for await (const { embedding: _vector, ...face } of store.faces()) value.push(face);
          return value;
        },
        examine: (by: { mode: CheckMode; most: number }): Promise<GalleryCheckup> =>
          examineGallery(gallery, by),
        /** The threshold that the gallery's own faces suggest. */
        estimateThreshold: (by: ThresholdOptions): Promise<ThresholdEstimate> => gallery.fitThreshold(by),
      }),
      async close() {
        await gallery.close();
        lock?.[Symbol.dispose]();
      },
    };
  },
};

const noSubject = (name: string): SemblanceError =>
  new SemblanceError('GALLERY_SUBJECT_NOT_FOUND', `the gallery has no subject ${name}`);

const nothing = () => ({
  ...{ ids: [] as number[], negatives: [] as number[] },
  ...{ contentHashes: [] as string[], subjects: [] as string[] },
});

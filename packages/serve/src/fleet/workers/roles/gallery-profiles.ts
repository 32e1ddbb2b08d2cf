import { dot } from '@semblance/core/vector';
import {
  type FaceDetails,
  type Gallery,
  type GallerySettings,
  type KeptStore,
  type ProfileChange,
  type SettingsChange,
  type StoredFace,
  type StoredSubject,
  type SubjectKey,
  scoreOf,
  type ThresholdOptions,
} from '@semblance/face/gallery';
import { SemblanceError } from '../../../error.ts';
import type { NamedSubjects } from '../../named-subjects.ts';

/** An enrolled face with all that is known of it but its embedding and its crop. */
export type Sample = Omit<StoredFace, 'embedding'> & FaceDetails;

/** What was set for a gallery, and said of its people. */
export interface Said {
  settings: GallerySettings;
  profiles: StoredSubject[];
}

/** How alike a subject is to a face. */
export interface Likeness {
  similarity: number;
  /** Their most similar face. */
  faceId: number;
}

interface Opened {
  gallery: Gallery;
  store: KeptStore;
  named: NamedSubjects;
  /** To be called when names have come. */
  changed(): void;
}

/** Methods of the gallery's thread that concern settings, and what is known of people beside their faces. */
export const profileMethods = ({ gallery, store, named, changed }: Opened) => ({
  /** Subjects, with a face or without, and faces. */
  counts: async (_: null): Promise<{ subjects: number; faces: number }> => ({
    subjects: (await store.profiles?.numSubjects()) ?? (await gallery.stats()).subjects,
    faces: (await gallery.stats()).faces,
  }),
  subject: (key: SubjectKey): Promise<StoredSubject | null> => gallery.profiles.find(key),
  async subjectsNamed(names: string[]): Promise<StoredSubject[]> {
    const found = await Promise.all(names.map((name) => gallery.profiles.find({ name })));
    return found.filter((one) => one !== null);
  },
  /** Says something of a subject; `isNew`: of one who is not there yet. */
  async describe({ name, change, isNew }: Described): Promise<null> {
    const known = await gallery.profiles.find({ name });
    if (isNew && known)
      throw new SemblanceError('GALLERY_SUBJECT_EXISTS', `the collection already has a subject ${name}`);
    if (!isNew && !known)
      throw new SemblanceError('GALLERY_SUBJECT_NOT_FOUND', `the collection has no subject ${name}`);
    await gallery.profiles.write(name, change);
    if (!gallery.has(name)) await named.add(name);
    changed();
    return null;
  },
  async samples(ids: number[]): Promise<Sample[]> {
    const details = await gallery.profiles.ofFaces(ids);
    const samples: Sample[] = [];
    let at = 0;
    for await (const { embedding: _, ...face } of store.faces(details.map(({ id }) => id)))
      samples.push({ ...face, ...details[at++]! });
    return samples;
  },
  faceDetails: (ids: number[]): Promise<FaceDetails[]> => gallery.profiles.ofFaces(ids),
  /** Those of a subject's faces that were cut from a photo of this content. */
  async samplesOfContent({ name, contentHash }: { name: string; contentHash: string }): Promise<number[]> {
    const ids = await store.facesOfContent([contentHash]);
    return ids.filter((id) => gallery.subjectOf(id) === name);
  },
  /** How alike a subject is to each of some faces; null where they have no face. */
  likeness({ name, embeddings }: { name: string; embeddings: Float32Array[] }): Likeness[] | null {
    const ids = gallery.facesOf(name);
    if (ids.length === 0) return null;
    const own = ids.map((id) => gallery.embedding(id)!);
    return embeddings.map((embedding) => {
      const similarities = own.map((face) => dot(face, embedding));
      const best = similarities.indexOf(Math.max(...similarities));
      return { similarity: scoreOf(similarities, gallery.configuration.score), faceId: ids[best]! };
    });
  },
  configure: (change: SettingsChange): Promise<GallerySettings> => gallery.configuration.change(change),
  async setThreshold(by: number | ThresholdOptions): Promise<null> {
    if (typeof by === 'number') await gallery.setThreshold(by);
    else await gallery.fitThreshold(by);
    return null;
  },
  /** Subjects whose time is up. */
  expired: async (now: Date): Promise<string[]> =>
    gallery.profiles.areKept ? gallery.profiles.expired(now) : [],
  said: async (_: null): Promise<Said> => ({
    settings: gallery.configuration.settings,
    profiles: gallery.profiles.areKept ? await gallery.profiles.list() : named.all().map(namedAlone),
  }),
  /** Has these settings, and says this of these people and nothing of others: what the gallery says that this is a copy of. */
  async copySaid({ settings, profiles }: Said): Promise<null> {
    const none = Object.fromEntries(Object.keys(gallery.configuration.settings).map((key) => [key, null]));
    await gallery.configuration.change({ ...none, ...settings });
    if (!gallery.profiles.areKept) {
      const faceless = new Set(profiles.flatMap(({ name, numFaces }) => (numFaces === 0 ? [name] : [])));
      for (const name of named.all()) if (!faceless.has(name)) await named.forget(name);
      await named.add(...faceless);
      changed();
      return null;
    }
    const wanted = new Set(profiles.map(({ name }) => name));
    for (const { name } of await gallery.profiles.list())
      if (!wanted.has(name)) {
        await gallery.profiles.clear(name);
        await named.forget(name);
      }
    for (const { name, numFaces: _, createdAt, ...profile } of profiles) {
      await store.profiles?.write(name, profile, createdAt);
      if (!gallery.has(name)) await named.add(name);
    }
    changed();
    return null;
  },
});

/** A subject of whom nothing but the name is known. */
const namedAlone = (name: string): StoredSubject => ({
  ...{ name, numFaces: 0, createdAt: new Date().toISOString() },
  ...{ externalId: null, metadata: null, consent: null, expiresAt: null },
});

export interface Described {
  name: string;
  change: ProfileChange;
  isNew: boolean;
}

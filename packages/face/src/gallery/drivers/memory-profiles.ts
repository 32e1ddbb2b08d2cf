import { byCodeUnit } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import {
  noProfile,
  type ProfileChange,
  type ProfileStore,
  type StoredSubject,
  type SubjectProfile,
} from '../subject-profile.ts';

interface Kept {
  profile: SubjectProfile;
  isKept: boolean;
  createdAt: string;
}

/** Subjects of a store in memory. @param numFacesOf how many faces a subject has */
export function createMemoryProfiles(numFacesOf: (name: string) => number) {
  const subjects = new Map<string, Kept>();

  const make = (name: string, createdAt?: string): Kept => {
    const now = new Date().toISOString();
    const kept = subjects.get(name) ?? { profile: noProfile, isKept: false, createdAt: createdAt ?? now };
    if (createdAt !== undefined && createdAt < kept.createdAt) kept.createdAt = createdAt;
    subjects.set(name, kept);
    return kept;
  };
  const stored = ([name, { profile, createdAt }]: [string, Kept]): StoredSubject => ({
    ...structuredClone(profile),
    ...{ name, createdAt, numFaces: numFacesOf(name) },
  });
  const byName = (names: string[]): string[] => names.sort(byCodeUnit);
  const withExternalId = (id: string) =>
    [...subjects].find(([, { profile }]) => profile.externalId === id) ?? null;

  /** Forgets one who has no face, and of whom nothing was said; whether they are gone. */
  function prune(name: string): boolean {
    const kept = subjects.get(name);
    if (kept && !kept.isKept && numFacesOf(name) === 0) subjects.delete(name);
    return !subjects.has(name);
  }

  return {
    make,
    has: (name: string): boolean => subjects.has(name),
    write(name: string, change: ProfileChange | null, createdAt?: string): void {
      const externalId = change?.externalId ?? null;
      const other = externalId === null ? null : withExternalId(externalId);
      if (other && other[0] !== name)
        throw new SemblanceError(
          'GALLERY_SUBJECT_EXISTS',
          `the gallery already has a subject with the external id ${externalId}`,
        );
      if (change === null && !subjects.has(name)) return;
      const kept = make(name, createdAt);
      kept.profile = change === null ? noProfile : { ...kept.profile, ...structuredClone(change) };
      kept.isKept = change !== null;
      kept.createdAt = createdAt ?? kept.createdAt;
      prune(name);
    },
    /** What was said moves with the name, and goes where that is somebody's. */
    rename(from: string, to: string): void {
      const kept = subjects.get(from);
      if (!kept) return;
      subjects.delete(from);
      if (!subjects.has(to)) subjects.set(to, kept);
    },
    /** From now on a subject does not stay without a face. */
    release(name: string): void {
      const kept = subjects.get(name);
      if (kept) kept.isKept = false;
    },
    prune,
    store: {
      numSubjects: async () => subjects.size,
      async find(key) {
        if ('externalId' in key) {
          const found = withExternalId(key.externalId);
          return found && stored(found);
        }
        const kept = subjects.get(key.name);
        return kept ? stored([key.name, kept]) : null;
      },
      async list(faceless = false) {
        const kept = [...subjects].filter(([, { isKept }]) => isKept);
        const wanted = faceless ? kept.filter(([name]) => numFacesOf(name) === 0) : kept;
        return wanted.map(stored).sort((a, b) => byCodeUnit(a.name, b.name));
      },
      async expired(now, createdBy) {
        const isUp = ({ profile: { expiresAt }, createdAt }: Kept): boolean =>
          expiresAt === null ? createdBy !== null && createdAt <= createdBy : expiresAt <= now;
        return byName([...subjects].filter(([, kept]) => isUp(kept)).map(([name]) => name));
      },
    } satisfies Partial<ProfileStore>,
  };
}

/** What JSON has for an object: kept beside subjects and faces as it was given. */
export type JsonObject = { [key: string]: unknown };

/** By what right somebody is known. */
export interface Consent {
  /** In the words of whoever enrolls: `contract`, `consent form of 2026-11-29`, … */
  basis: string;
  /** ISO 8601, in UTC. */
  givenAt: string;
  /** Who gave it, or took it down; null where that was not said. */
  by: string | null;
}

/** What is known of a subject beside their faces. */
export interface SubjectProfile {
  /** What another system calls them: nobody else in the gallery has it. */
  externalId: string | null;
  metadata: JsonObject | null;
  consent: Consent | null;
  /** When they are to be erased, ISO 8601 in UTC; null where the gallery's retention decides. */
  expiresAt: string | null;
}

/** A subject as a store has them, with or without a face. */
export interface StoredSubject extends SubjectProfile {
  name: string;
  numFaces: number;
  createdAt: string;
}

/** What of a profile is to be changed; what is left out stays. */
export type ProfileChange = Partial<SubjectProfile>;

/** A subject, by their name or by what another system calls them. */
export type SubjectKey = { name: string } | { externalId: string };

/** What is known of a face beside its embedding and its picture. */
export interface FaceDetails {
  id: number;
  createdAt: string;
  metadata: JsonObject | null;
}

export const noProfile: SubjectProfile = { externalId: null, metadata: null, consent: null, expiresAt: null };

/** Whether nothing is said of somebody. */
export const isBlank = (profile: SubjectProfile): boolean =>
  Object.keys(noProfile).every((key) => profile[key as keyof SubjectProfile] === null);

/** What a store keeps of subjects and faces beside embeddings and pictures; `GalleryStore` removes, renames and joins it. */
export interface ProfileStore {
  /** Subjects, with a face or without. */
  numSubjects(): Promise<number>;
  /** A subject, with a face or without; null where there is no such subject. */
  find(key: SubjectKey): Promise<StoredSubject | null>;
  /** Those of whom something was said by {@link write}, or only those of them without a face; sorted by name. */
  list(faceless?: boolean): Promise<StoredSubject[]>;
  /**
   * Says something of a subject, who is made where there is none, and from then on stays without a face; null: nothing is
   * said of them any more, and without a face they are gone. An external id that another subject has is
   * GALLERY_SUBJECT_EXISTS.
   *
   * @param createdAt when they were made, of a copy of another gallery's subject
   */
  write(name: string, change: ProfileChange | null, createdAt?: string): Promise<void>;
  /**
   * Subjects whose time is up, sorted by name: who expires by `now`; of those who have no time of their own, who was made
   * by `createdBy`, none where that is null.
   */
  expired(now: string, createdBy: string | null): Promise<string[]>;
  /** When faces of these ids were enrolled, and what was said of them: of those that are there, by rising id. */
  ofFaces(ids: readonly number[]): Promise<FaceDetails[]>;
}

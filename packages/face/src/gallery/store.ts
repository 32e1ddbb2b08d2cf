import type { CheckMode } from '../doctor/photo-limits.ts';
import type { ImpostorCurve } from '../models/impostors.ts';
import type { Threshold } from '../pipeline/threshold.ts';
import type { ChunkKeys } from './index-file/seal-chunk.ts';
import type { FaceMove, MovedFaces, NameChange, NameNote } from './name-changes.ts';
import type { ErasureReceipt } from './sealing/receipt.ts';
import type { GallerySettings } from './settings.ts';
import type { JsonObject, ProfileStore } from './subject-profile.ts';
import type { Calibration, OwnLaw } from './threshold.ts';

/** JPEG quality of the aligned faces that a gallery keeps. */
export const CROP_QUALITY = 90;

/** How a threshold follows from a gallery's people. */
export interface ThresholdRule {
  /** Share of strangers that may be taken for somebody. */
  fpir: number;
  /** In its place, the share of pairs of different people that may be taken for one. */
  far?: number;
  /** What strangers to this gallery said, where it was calibrated with them. */
  calibration?: Calibration;
  /** What the gallery's own people said when the threshold was last found. */
  own?: OwnLaw;
  /** How alike the recognizer finds different people, where that was measured. */
  impostors: ImpostorCurve | null;
  /** The recognizer's own threshold, where it has one. */
  fallback: Threshold | null;
  /** Faces that the gallery had when the threshold was last found. */
  numFaces: number;
}

/** What a gallery says of itself. */
export interface GalleryMeta {
  format: 'semblance-gallery/1';
  /** `Recognizer.id`: embeddings of another one cannot be compared with these. */
  modelId: string;
  embeddingSize: number;
  /** Cosine similarity from which a face counts as the subject it resembles most. */
  threshold: number;
  /** How the threshold was found. */
  thresholdBasis: string;
  /** By which the threshold is found anew as the gallery grows or shrinks; none where it was given. */
  thresholdRule?: ThresholdRule;
  /** `Detector.id` of what cut the enrolled faces; null where faces come from elsewhere. */
  detectorId: string | null;
  /** How strictly a build judged its photos; none where it took every face. */
  check?: CheckMode;
  createdAt: string;
  /** What its owner set for it; nothing, if not given. */
  settings?: GallerySettings;
}

/** A face to be enrolled. */
export interface NewFace {
  /** An id of its own, for a copy of another gallery's face; the next free one if not given. */
  id?: number;
  subject: string;
  /** L2-normalised. */
  embedding: Float32Array;
  /** Name of the photo it was cut from. */
  source?: string | null;
  /** SHA-256 of that photo's content: a build does not embed it again. */
  contentHash?: string | null;
  /** 0 to 1. */
  quality?: number | null;
  /** The aligned face, as JPEG. */
  crop?: Uint8Array | null;
  /** `build`: mirrors a folder and goes with it; `enrol`: stays until it is removed. */
  origin?: FaceOrigin;
  /** When it was first enrolled, of a copy of another gallery's face: ISO 8601, in UTC; now, if not given. */
  createdAt?: string;
  metadata?: JsonObject | null;
}

export type FaceOrigin = 'build' | 'enrol';

/** A face as it is stored; its crop is read apart. */
export interface StoredFace {
  id: number;
  subject: string;
  embedding: Float32Array;
  source: string | null;
  contentHash: string | null;
  quality: number | null;
  origin: FaceOrigin;
}

/** Somebody said of a face: this is not that person. */
export interface NewNegative {
  /** An id of its own, for a copy of another gallery's negative; the next free one if not given. */
  id?: number;
  subject: string;
  /** Of the face that is not theirs, L2-normalised. */
  embedding: Float32Array;
  /** Name of the photo it was cut from. */
  source?: string | null;
  /** SHA-256 of that photo's content. */
  contentHash?: string | null;
  /** The aligned face, as JPEG. */
  crop?: Uint8Array | null;
}

/** A negative as it is stored. */
export interface StoredNegative {
  id: number;
  subject: string;
  embedding: Float32Array;
  source: string | null;
  contentHash: string | null;
  crop: Uint8Array | null;
  createdAt: string;
}

export interface SubjectInfo {
  name: string;
  numFaces: number;
}

/** What others changed. */
export interface StoreChanges {
  /** The subject of every face that is there now, by the face's id. */
  subjectOf: Map<number, string>;
  /** Where the store knows it, the faces that came, went or became another's: `subjectOf` has those of them that are there. */
  changed?: readonly number[];
  /** Whether another gallery was put in the place of this one: its ids mean other faces. */
  isReplaced: boolean;
}

/** A state of a store: its last change, and a token that no other history has there. */
export interface StoreMark {
  seq: number;
  token: string;
}

/** Where a store keeps a gallery's index, so that it need not be made of all embeddings each time. */
export interface IndexPlace {
  /** The index's file. */
  path: string;
  /** Who may read and write it, as of `chmod`. */
  mode(): number;
  isReadOnly: boolean;
  /** The keys that seal its chunks, where the gallery is encrypted. */
  readonly chunkKeys?: ChunkKeys | undefined;
  /** What changed since a state, and who everybody is now; null where that state is not known any more. */
  since(mark: StoreMark): StoreNow | null;
  numChangesSince(mark: StoreMark): number;
  /** Every face with its subject's number, in any order. */
  listing(): { mark: StoreMark; ids: number[]; subjectIds: number[] };
  /** Runs an action while nobody changes the store or the index's file. It is given the faces that went since a state. */
  exclusively(mark: StoreMark, action: (gone: number[]) => void): void;
}

export interface StoreNow {
  mark: StoreMark;
  /** Faces that came, went or became another subject's. */
  changed: readonly number[];
  /** The subjects of those of them that are there. */
  subjectOf: Map<number, string>;
  /** Every subject's number in the store, and its name. */
  subjectIds: number[];
  names: string[];
}

/**
 * Where a gallery keeps its faces: the truth that the index is built from.
 *
 * Each method is all or nothing, and what it acknowledged survives a crash of the process. One conformance suite
 * (`store-suite.ts`) runs for every driver.
 */
export interface GalleryStore {
  /** null before the first {@link writeMeta}. */
  readMeta(): Promise<GalleryMeta | null>;
  writeMeta(meta: GalleryMeta): Promise<void>;
  /**
   * Adds faces, making their subjects as needed; gives their ids, which are never used again. An id that is given and
   * taken is DATA_INVALID.
   */
  addFaces(faces: readonly NewFace[]): Promise<number[]>;
  /** Every face, by rising id; or those of these ids that are there. */
  faces(ids?: readonly number[]): AsyncIterable<StoredFace>;
  /**
   * A face's embedding, at once; null where there is no such face. A large gallery then keeps only codes of the embeddings
   * in memory. A driver that cannot leaves it out. May be called without the store.
   */
  embedding?: (id: number) => Float32Array | null;
  /** The aligned face as JPEG; null where none was stored or there is no such face. */
  crop(id: number): Promise<Uint8Array | null>;
  /** Removes faces, and subjects left without any of whom nothing was said; gives the ids that were there. */
  removeFaces(ids: readonly number[]): Promise<number[]>;
  /**
   * Remembers that a face is not a subject's; gives the negative's id, never used again, null where there is no such
   * subject. An id that is given and taken is DATA_INVALID. It is renamed, joined and removed with its subject.
   */
  addNegative(negative: NewNegative): Promise<number | null>;
  /** Forgets it, for good; whether it was there. */
  removeNegative(id: number): Promise<boolean>;
  /** Every negative, by rising id. */
  negatives(): Promise<StoredNegative[]>;
  /** Those who have a face, sorted by name, in code-unit order. */
  subjects(): Promise<SubjectInfo[]>;
  /** Removes a subject with all faces and what was said of them; gives the faces' ids. */
  removeSubject(name: string): Promise<number[]>;
  /**
   * Renames a subject, joining it with the other where that name is taken: what was said of the other stays, and what was
   * said of this one goes. Gives the number of faces moved. The change is noted among those of names.
   *
   * @param undoes the id of the change that is taken back by it, in place of a note; nothing is done where that is not there
   */
  renameSubject(from: string, to: string, undoes?: number): Promise<number>;
  /**
   * Makes faces, and what was said not to be a subject's, other subjects', making those as needed; subjects left without faces
   * go with what else there is of them, those of whom something was said only where all their faces were to go. All in one
   * step, and noted among the changes of names. Gives what moved.
   */
  moveFaces(moves: readonly FaceMove[], note: NameNote): Promise<MovedFaces[]>;
  /** The changes of names that can be undone, the oldest first. Nothing in them is of faces or subjects that were removed. */
  nameChanges(): Promise<NameChange[]>;
  /**
   * What others changed since the store was opened, or since this was last asked; null for nothing. A driver that nobody
   * else can write to leaves it out.
   */
  changes?(): Promise<StoreChanges | null>;
  /** What is known of subjects and faces beside embeddings and pictures; a driver that keeps nothing of it leaves it out. */
  readonly profiles?: ProfileStore;
  /** Where the index is kept; a driver that cannot read single embeddings at once leaves it out. */
  indexPlace?: IndexPlace;
  close(): Promise<void>;
}

/** A store that outlives the process. */
export interface KeptStore extends GalleryStore {
  /** The name that an encrypted gallery's keys go by; null for one that is not encrypted. */
  readonly galleryId: string | null;
  /** The signed receipts of those whom the last removal erased; a driver that encrypts nothing leaves it out. */
  takeReceipts?(): ErasureReceipt[];
  /** The ids of faces that were cut from photos of these contents, whoever they are. */
  facesOfContent(hashes: readonly string[]): Promise<number[]>;
  /** The ids of negatives that were cut from such photos. */
  negativesOfContent(hashes: readonly string[]): Promise<number[]>;
  /** The ids of negatives that were cut from the photos of these faces, also of people who can be read no more. */
  negativesOfFaces?(ids: readonly number[]): Promise<number[]>;
  /**
   * Puts the faces of a build, and its description, in the place of those of the build before, where the gallery stays as it
   * is but for them; a driver that replaces the gallery whole leaves it out.
   */
  replaceBuilt?(part: GalleryStore, meta: GalleryMeta): Promise<void>;
  /** Names without a face, where several machines share them; a driver for one machine leaves it out. */
  names?: SharedNames;
}

/** Subjects that were named and have no face. */
export interface SharedNames {
  all(): Promise<string[]>;
  add(names: readonly string[]): Promise<void>;
  forget(name: string): Promise<void>;
}

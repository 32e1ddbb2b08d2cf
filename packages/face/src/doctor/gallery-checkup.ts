import type { PhotoFinding } from './check-photo.ts';
import type { CheckMode } from './photo-limits.ts';

/** An enrolled face in a report. */
export interface CheckedFace {
  id: number;
  subject: string;
  /** The name of the photo it was cut from, where that is known. */
  photo: string | null;
}

/** A face that is more like somebody else. */
export interface LikelyMislabel extends CheckedFace {
  /** Cosine to the most similar other face of its own subject. */
  similarity: number;
  /** Whom it is most like. */
  other: string;
  otherSimilarity: number;
  otherFace: number;
}

/** One picture several times. */
export interface DuplicateFaces {
  kind: 'same_content' | 'near_identical';
  faces: CheckedFace[];
  /** Whether it stands under one name: else one of them is wrong. */
  isOneSubject: boolean;
}

/** Two people and their most similar faces. */
export interface AlikeSubjects {
  subjects: [string, string];
  similarity: number;
  faces: [number, number];
}

/** The photo that would help most to know somebody by. */
export interface MissingPhoto {
  subject: string;
  wanted: 'front' | 'left' | 'right' | 'another_day' | 'another_photo';
  message: string;
}

/** What a gallery's doctor found: JSON of `semblance gallery doctor`. */
export interface GalleryCheckup {
  format: 'semblance-gallery-doctor/1';
  mode: CheckMode;
  threshold: number;
  subjects: number;
  faces: number;
  /** Faces that were compared with all others; fewer than there are in a large gallery. */
  compared: number;
  /** Faces whose picture was measured. */
  measured: number;
  /** Faces whose picture is not good enough by the mode. */
  photos: (CheckedFace & { findings: PhotoFinding[] })[];
  duplicates: DuplicateFaces[];
  mislabels: LikelyMislabel[];
  /** Faces less like their own subject's than the threshold, and like nobody else: hard photos, or of somebody who is not here. */
  outliers: (CheckedFace & { similarity: number })[];
  /** People who are probably one. */
  twoNames: AlikeSubjects[];
  /** Different people who are taken for each other now and then. */
  lookAlikes: AlikeSubjects[];
  onePhoto: string[];
  missing: MissingPhoto[];
}

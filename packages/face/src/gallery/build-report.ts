import type { ErrorCode } from '../error.ts';

/** A photo that was not enrolled, and why. */
export interface RefusedPhoto {
  /** Path below the data folder. */
  file: string;
  code: ErrorCode;
  message: string;
}

/** Something to look at: the photo is enrolled all the same. */
export interface BuildWarning {
  kind:
    | 'several_faces'
    | 'same_photo_twice'
    | 'two_names_for_one_person'
    | 'person_without_photo'
    | 'photo_beside_folders';
  file?: string;
  message: string;
}

/** What a build did: `report.json` in the gallery's folder. */
export interface BuildReport {
  format: 'semblance-gallery-report/1';
  data: string;
  builtAt: string;
  durationMs: number;
  subjects: number;
  /** Faces in the gallery, those enrolled one by one included. */
  faces: number;
  /** Photos looked at: embedded + reused + refused. */
  photos: number;
  embedded: number;
  /** Photos whose content an earlier build had embedded with these models. */
  reused: number;
  refused: RefusedPhoto[];
  /** What was not looked at: hidden files and those of systems, and files that are no photos. */
  leftOut: { system: number; others: number };
  warnings: BuildWarning[];
  threshold: number;
  thresholdBasis: string;
  modelId: string;
  detectorId: string;
}

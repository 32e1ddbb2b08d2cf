import type { Face, Landmarks } from '../geometry/types.ts';
import type { DecodeOptions } from '../image/decode.ts';
import type { Image } from '../image/image.ts';
import type { Picture } from '../image/photo.ts';
import type { DetectOptions } from '../models/detector.ts';
import type { ImpostorCurve } from '../models/impostors.ts';
import type { Quality } from './quality.ts';
import type { Threshold } from './threshold.ts';

// The stages of the pipeline: open → detect → align, as one finder; then embed; then search, see gallery-search.ts.
// Each may be replaced, by one whose network runs in other threads for example: all that crosses is plain data.

/** What has faces: a path, the bytes of a picture file, or a picture that is open. */
export type PictureSource = string | Uint8Array | Picture;

/** What the finder asks of a detector. */
export interface FaceDetector {
  readonly hasLandmarks: boolean;
  detect(image: Picture, options?: DetectOptions): Promise<Face[]>;
}

/** The stage that embeds aligned crops. */
export interface FaceRecognizer {
  /** Embeddings may be compared where these agree. */
  readonly id: string;
  /** Side of the crops it takes, in pixels. */
  readonly cropSize: number;
  /** Its own threshold, where it has one: see `chooseThreshold`. */
  readonly threshold?: Threshold | null;
  /** How alike it finds different people, where that was measured. */
  readonly impostors?: ImpostorCurve | null;
  /** A unit vector for each crop, in order. */
  embed(crops: Image[]): Promise<Float32Array[]>;
}

/** How a picture is opened. */
export interface DecodePlan extends DecodeOptions {
  /**
   * 'needed' (default): a large JPEG is decoded as large as the detector and the crops need it, see `openPhoto`.
   * 'whole': every pixel of it is, which takes longer and moves faces by a pixel at most.
   */
  size?: 'needed' | 'whole';
}

/** What is done with a picture: plain data. */
export interface PicturePlan extends DetectOptions {
  decode?: DecodePlan;
  /**
   * Which faces are cut out: 'all' (default), or the one that the photo is of, see `chooseSubject`. 'whole': nothing is
   * looked for, the picture is a face that was cut out and aligned before, and is resized to the crop's size.
   */
  faces?: 'all' | 'subject' | 'whole';
  /** Side of the crops in pixels (112, or what the recognizer takes). */
  cropSize?: number;
  /** Whether the crops are handed on (true); quality is judged by them in any case. */
  keepCrops?: boolean;
  /** Each crop also as a JPEG of this quality, 1 to 100; not given: none. */
  jpegQuality?: number;
}

/** A face that was found and cut out; what depends on landmarks is null where the detector gives none. */
export interface FoundFace extends Face {
  quality: Quality | null;
  /** The aligned crop, where it was asked for. */
  crop: Image | null;
  /** The same as JPEG, where that was asked for. */
  jpeg: Uint8Array | null;
}

export interface FoundPicture {
  width: number;
  height: number;
  /** The faces asked for, best-scored first. */
  faces: FoundFace[];
  /** Faces that were detected, of which those are all or one. */
  numFaces: number;
  /** Reading and decoding; a large photo is decoded while faces are found. */
  decodeMs: number;
  /** Detecting, aligning and judging. */
  detectMs: number;
}

/** The stages that see the picture: open → detect → align. */
export interface FaceFinder<Source = PictureSource> {
  readonly hasLandmarks: boolean;
  /** @param signal gives up the picture at its next step. */
  find(source: Source, plan?: PicturePlan, signal?: AbortSignal): Promise<FoundPicture>;
}

/** A face with what it is recognised by. */
export interface EmbeddedFace extends Face {
  landmarks: Landmarks;
  quality: Quality;
  /** The aligned crop. */
  crop: Image;
  jpeg: Uint8Array | null;
  /** A unit vector. */
  embedding: Float32Array;
}

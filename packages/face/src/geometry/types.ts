/** [x1, y1, x2, y2] in pixels: left, top, right, bottom. */
export type Box = [number, number, number, number];

/** [x, y] in pixels. */
export type Point = [number, number];

/** Left eye, right eye, nose, left mouth corner, right mouth corner, as seen in the image. */
export type Landmarks = Point[];

/** What a detector says about one face. */
export interface Face {
  box: Box;
  /** 0 to 1. */
  score: number;
  /** null where the detector gives none. */
  landmarks: Landmarks | null;
}

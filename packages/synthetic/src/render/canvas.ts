/** A picture in linear light, red, green and blue per pixel. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** Whose face a pixel shows: 0 nobody's, otherwise the number given when it was drawn. */
  readonly owner: Uint8Array;
}

let kept: Canvas | undefined;

/**
 * The canvas to draw the next picture on: the last one's memory, if it has the same size. Its colours are
 * old ones until the background is painted; nobody owns its pixels.
 */
export function takeCanvas(width: number, height: number): Canvas {
  if (kept?.width !== width || kept.height !== height) {
    kept = {
      width,
      height,
      data: new Float32Array(3 * width * height),
      owner: new Uint8Array(width * height),
    };
  }
  kept.owner.fill(0);
  return kept;
}

/** Lays a colour over a pixel with a coverage of 0 to 1. */
export function blendPixel(
  canvas: Canvas,
  index: number,
  r: number,
  g: number,
  b: number,
  coverage: number,
): void {
  const { data } = canvas;
  const i = 3 * index;
  data[i]! += (r - data[i]!) * coverage;
  data[i + 1]! += (g - data[i + 1]!) * coverage;
  data[i + 2]! += (b - data[i + 2]!) * coverage;
}

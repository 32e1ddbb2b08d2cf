/** A picture in linear light, red, green and blue per pixel. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** Whose face a pixel shows: 0 nobody's, otherwise the number given when it was drawn. */
  readonly owner: Uint8Array;
}

export function createCanvas(width: number, height: number): Canvas {
  return {
    width,
    height,
    data: new Float32Array(3 * width * height),
    owner: new Uint8Array(width * height),
  };
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

import { SemblanceError } from '../error.ts';
import type { InputConventions } from './manifest.ts';

/** How a picture is brought to a detector. */
export interface ScaleOptions {
  /**
   * 'fit' (default): the longer side becomes `maxSide`, or what a network of fixed size holds; smaller
   * pictures stay as they are, since enlarging finds hardly more and places landmarks less well.
   * A number: that many network pixels for each of the picture's, 1 being the photo's own size. A network
   * of fixed size shrinks what does not fit.
   */
  scale?: 'fit' | number;
  /** Longer side in pixels under 'fit' (640). */
  maxSide?: number;
}

/** Where a picture lies in the network's input. */
export interface FramePlan {
  /** Size of the network's input. */
  width: number;
  height: number;
  /** Size of the picture in it, at its top left; the rest is the mean colour. */
  innerWidth: number;
  innerHeight: number;
  /** Network pixels for each pixel of the picture, exactly, after rounding to whole pixels. */
  scaleX: number;
  scaleY: number;
}

/** Most pixels of a network's input: beyond it memory would run out before a face is found. */
const MAX_INPUT_PIXELS = 8192 * 8192;

/**
 * Plans how a picture of this size goes into the network, its proportions kept.
 *
 * @throws SemblanceError USAGE_INVALID_VALUE for a scale or side that is not above 0, IMAGE_TOO_LARGE.
 */
export function planFrame(
  width: number,
  height: number,
  input: Pick<InputConventions, 'width' | 'height' | 'multipleOf'>,
  { scale = 'fit', maxSide = 640 }: ScaleOptions = {},
): FramePlan {
  if (scale !== 'fit' && !(scale > 0)) {
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `Expected 'fit' or a number above 0 for scale but received ${scale}`,
    );
  }
  if (!(maxSide >= 1)) {
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `Expected a number of pixels for maxSide but received ${maxSide}`,
    );
  }
  const room = Math.min((input.width ?? Infinity) / width, (input.height ?? Infinity) / height);
  const fitting = Math.min(1, Number.isFinite(room) ? room : maxSide / Math.max(width, height));
  const wanted = scale === 'fit' ? fitting : scale;
  const ratio = Math.min(wanted, room);
  const innerWidth = Math.max(1, Math.round(width * ratio));
  const innerHeight = Math.max(1, Math.round(height * ratio));
  const padded = (size: number) => Math.ceil(size / input.multipleOf) * input.multipleOf;
  const plan = {
    width: input.width ?? padded(innerWidth),
    height: input.height ?? padded(innerHeight),
    innerWidth,
    innerHeight,
    scaleX: innerWidth / width,
    scaleY: innerHeight / height,
  };
  if (plan.width * plan.height > MAX_INPUT_PIXELS) {
    const message = `a picture of ${width} × ${height} at scale ${ratio} is too large for the detector`;
    throw new SemblanceError('IMAGE_TOO_LARGE', message);
  }
  return plan;
}

import { smoothstep } from '../core/math.ts';
import type { Frames } from '../geometry/accessories.ts';
import { ATTRIBUTES, type Surface } from './raster.ts';
import type { Sample } from './sample.ts';

export interface GlassState {
  frames: Frames;
  /** Strength and place of a reflection on the lenses. */
  glare: number;
  glareShift: number;
  /** Brightness of the frames under this light, red, green, blue. */
  level: readonly [number, number, number];
  sampleMm: number;
}

/** Lays frame, tint and reflection of the glasses over a sample already lit. */
export function createGlassPainter(state: GlassState): (sample: Sample, overlay: Surface, i: number) => void {
  const { frames, level } = state;
  const attributes = new Float32Array(ATTRIBUTES);
  const soft = 0.3 + 0.5 * state.sampleMm;
  return (sample, overlay, i) => {
    overlay.resolve(i, attributes);
    const u = attributes[0]!;
    const v = attributes[1]!;
    const nz = attributes[4]!;
    const lx = Math.abs(u) - frames.centreX;
    const ly = v - frames.centreY;
    const n = frames.squareness;
    const norm = (Math.abs(lx / frames.halfWidth) ** n + Math.abs(ly / frames.halfHeight) ** n) ** (1 / n);
    const outside = (norm - 1) * Math.min(frames.halfWidth, frames.halfHeight);
    const lens = smoothstep(soft, -soft, outside);
    if (lens > 0) {
      const tint = frames.tint * lens;
      const graded = tint * (0.85 + 0.15 * smoothstep(-frames.halfHeight, frames.halfHeight, ly));
      sample.r += (frames.tintColor[0] * level[0] - sample.r) * graded;
      sample.g += (frames.tintColor[1] * level[1] - sample.g) * graded;
      sample.b += (frames.tintColor[2] * level[2] - sample.b) * graded;
      const band = Math.exp(-(((lx * 0.8 + ly * 0.6 * Math.sign(u) + state.glareShift) / 7) ** 2));
      const glare = state.glare * band * lens;
      sample.r += glare * level[0];
      sample.g += glare * level[1];
      sample.b += glare * level[2];
    }
    const rim =
      smoothstep(-soft, soft, outside) *
      smoothstep(frames.thickness + soft, frames.thickness - soft, outside);
    const bridgeY = Math.abs(ly - frames.halfHeight * 0.35 - 0.02 * (10 - u * u * 0.05));
    const bridge =
      Math.abs(u) < frames.centreX - frames.halfWidth * 0.9
        ? smoothstep(frames.thickness * 0.7 + 0.6 + soft, frames.thickness * 0.7 + 0.6 - soft, bridgeY) *
          smoothstep(-soft, soft, outside)
        : 0;
    const frame = Math.max(frames.rimless ? 0.18 * rim : rim, bridge);
    if (frame > 0) {
      const lit = 0.7 + 0.5 * Math.abs(nz);
      sample.r += (frames.color[0] * level[0] * lit - sample.r) * frame;
      sample.g += (frames.color[1] * level[1] * lit - sample.g) * frame;
      sample.b += (frames.color[2] * level[2] * lit - sample.b) * frame;
    }
  };
}

import type { Image } from '@semblance/face/image';
import { describe, expect, it } from 'vitest';
import { createIdentity, MIN_VISIBLE, renderAlignedCrop, renderPortrait, renderScene } from './index.ts';

// Pictures take milliseconds each; the limit is for machines that have much else to do.
const SLOW = { timeout: 300_000 };

/** Mean colour of the picture's border, where there is no face. */
function borderColor({ data, width, height }: Image): number[] {
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x > 5 && x < width - 6 && y > 5) continue;
      for (let c = 0; c < 3; c++) sum[c]! += data[3 * (y * width + x) + c]!;
      count++;
    }
  }
  return sum.map((v) => v / count);
}

const difference = (a: Image, b: Image) => {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / a.data.length;
};

describe('renderPortrait', SLOW, () => {
  it('gives the same bytes for the same seeds, and other bytes for others', () => {
    const render = (person: number, seed: number) =>
      renderPortrait(createIdentity(person), { seed, size: 96 }).image;
    const first = render(4, 9);
    render(5, 3);
    expect(render(4, 9).data).toEqual(first.data);
    expect(difference(render(4, 10), first)).toBeGreaterThan(4);
    expect(difference(render(6, 9), first)).toBeGreaterThan(4);
  });

  it('puts five landmarks in order inside a box inside the picture', () => {
    for (let i = 0; i < 24; i++) {
      const { image, faces } = renderPortrait(createIdentity(i), { seed: 77 + i, size: 112, nuisance: 0.6 });
      const [{ box, landmarks, name }] = faces as [(typeof faces)[0]];
      expect(image.data.length).toBe(112 * 112 * 3);
      expect(name).toBe(createIdentity(i).name);
      expect(box[0]).toBeGreaterThanOrEqual(0);
      expect(box[1]).toBeGreaterThanOrEqual(0);
      expect(box[2]).toBeLessThanOrEqual(112);
      expect(box[3]).toBeLessThanOrEqual(112);
      const [width, height] = [box[2] - box[0], box[3] - box[1]];
      expect(width).toBeGreaterThan(20);
      expect(height).toBeGreaterThan(25);
      for (const [x, y] of landmarks) {
        // A nose in profile or a cut face may stick out by a little.
        expect(x).toBeGreaterThan(box[0] - 0.12 * width);
        expect(x).toBeLessThan(box[2] + 0.12 * width);
        expect(y).toBeGreaterThan(box[1]);
        expect(y).toBeLessThan(box[3] + 0.2 * height);
      }
      const [leftEye, rightEye, , leftMouth, rightMouth] = landmarks as [number, number][];
      // "Up" may be tilted: eyes and mouth are ordered along the face's own axes.
      const across = [rightEye![0] - leftEye![0], rightEye![1] - leftEye![1]] as const;
      const mouth = [rightMouth![0] - leftMouth![0], rightMouth![1] - leftMouth![1]] as const;
      const down = [
        leftMouth![0] + rightMouth![0] - leftEye![0] - rightEye![0],
        leftMouth![1] + rightMouth![1] - leftEye![1] - rightEye![1],
      ] as const;
      expect(across[0] * mouth[0] + across[1] * mouth[1]).toBeGreaterThan(0);
      expect(across[0] * down[1] - across[1] * down[0]).toBeGreaterThan(0);
    }
  });

  it('shows one person in different places, so that no background names them', () => {
    const people = 10;
    const perPerson = 5;
    const colors: { person: number; color: number[] }[] = [];
    for (let person = 0; person < people; person++) {
      const identity = createIdentity(person);
      for (let k = 0; k < perPerson; k++) {
        const { image } = renderPortrait(identity, { seed: 1000 * person + k, size: 64 });
        colors.push({ person, color: borderColor(image) });
      }
    }
    // Leave-one-out nearest mean colour of the border: chance is 1 in 10.
    let right = 0;
    for (const one of colors) {
      const distances = Array.from({ length: people }, (_, person) => {
        const others = colors.filter((c) => c.person === person && c !== one);
        const mean = [0, 1, 2].map((c) => others.reduce((s, o) => s + o.color[c]!, 0) / others.length);
        return Math.hypot(...mean.map((m, c) => m - one.color[c]!));
      });
      if (distances.indexOf(Math.min(...distances)) === one.person) right++;
    }
    expect(right / colors.length).toBeLessThan(0.25);
  });
});

describe('renderAlignedCrop', SLOW, () => {
  it('brings frontal landmarks near the template', () => {
    const template = [
      [38.29, 51.7],
      [73.53, 51.5],
      [56.03, 71.74],
      [41.55, 92.37],
      [70.73, 92.2],
    ];
    let sum = 0;
    for (let i = 0; i < 20; i++) {
      const { landmarks, image } = renderAlignedCrop(createIdentity(i), {
        seed: i,
        nuisance: 0.1,
        jitter: 0,
      });
      expect([image.width, image.height]).toEqual([112, 112]);
      for (const [k, [x, y]] of landmarks.entries()) {
        sum += Math.hypot(x - template[k]![0]!, y - template[k]![1]!);
      }
    }
    expect(sum / 100).toBeLessThan(4);
  });

  it('is deterministic and refuses sizes without a template', () => {
    const render = () => renderAlignedCrop(createIdentity(3), { seed: 8 }).image.data;
    expect(render()).toEqual(render());
    expect(() => renderAlignedCrop(createIdentity(3), { seed: 8, size: 0 })).toThrow(/whole number/);
  });
});

describe('renderScene', SLOW, () => {
  it('shows exactly as many people as asked for, each known by name', () => {
    const identities = Array.from({ length: 8 }, (_, i) => createIdentity(i));
    for (let numFaces = 0; numFaces <= 6; numFaces++) {
      const { image, faces } = renderScene({ seed: numFaces, width: 200, height: 150, numFaces, identities });
      expect([image.width, image.height]).toEqual([200, 150]);
      expect(faces).toHaveLength(numFaces);
      expect(new Set(faces.map((f) => f.name)).size).toBe(numFaces);
      for (const { box, visible, ignore } of faces) {
        expect(box[0]).toBeGreaterThanOrEqual(0);
        expect(box[3]).toBeLessThanOrEqual(150);
        expect(visible).toBeGreaterThanOrEqual(0);
        expect(visible).toBeLessThanOrEqual(1);
        expect(ignore).toBe(visible < MIN_VISIBLE);
      }
    }
  });

  it('is deterministic, whatever was rendered before', () => {
    const render = () => renderScene({ seed: 5, width: 160, height: 120 });
    const first = render();
    renderPortrait(createIdentity(1), { seed: 1, size: 160 });
    expect(render()).toEqual(first);
  });

  it('draws faces from a few pixels to most of the picture, most of them well seen', () => {
    const identities = Array.from({ length: 8 }, (_, i) => createIdentity(i));
    const faces = Array.from({ length: 24 }, (_, seed) => {
      return renderScene({ seed, width: 240, height: 180, identities }).faces;
    }).flat();
    const heights = faces.filter((f) => !f.ignore).map((f) => f.box[3] - f.box[1]);
    expect(Math.min(...heights)).toBeLessThan(20);
    expect(Math.max(...heights)).toBeGreaterThan(90);
    expect(heights.length / faces.length).toBeGreaterThan(0.75);
  });
});

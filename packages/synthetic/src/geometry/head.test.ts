import { describe, expect, it } from 'vitest';
import { computeNormals, posableCopy } from './grid.ts';
import { EYE_X, gridPosition, MEAN_HEAD, MOUTH_Y, NOSE_TIP_Y, pointOnGrid, UPPER_LIP_ROW } from './head.ts';
import { applyExpression, applyShape, SHAPE_NAMES, type ShapeName } from './morphs.ts';

const at = (grid: typeof MEAN_HEAD, x: number, y: number) => pointOnGrid(grid, gridPosition(x, y), [0, 0, 0]);

describe('the mean head', () => {
  it('has its features where the face coordinates say', () => {
    const eye = at(MEAN_HEAD, EYE_X, 0);
    expect(eye[0]).toBeCloseTo(EYE_X, 0);
    expect(eye[1]).toBeCloseTo(0, 3);
    const nose = at(MEAN_HEAD, 0, NOSE_TIP_Y);
    const lip = at(MEAN_HEAD, 0, MOUTH_Y + 4);
    // The tip of the nose is the foremost point of the face, 10 to 30 mm before the lips.
    expect(nose[2] - lip[2]).toBeGreaterThan(10);
    expect(nose[2] - lip[2]).toBeLessThan(30);
  });

  it('is symmetric', () => {
    for (const [x, y] of [
      [20, 10],
      [32, 0],
      [25, -73],
      [50, -40],
    ] as const) {
      const [rx, ry, rz] = at(MEAN_HEAD, x, y);
      const [lx, ly, lz] = at(MEAN_HEAD, -x, y);
      expect(lx).toBeCloseTo(-rx, 3);
      expect(ly).toBeCloseTo(ry, 3);
      expect(lz).toBeCloseTo(rz, 3);
    }
  });

  it('has normals that point out of it', () => {
    const head = posableCopy(MEAN_HEAD);
    computeNormals(head, true);
    let outwards = 0;
    const n = head.cols * head.rows;
    for (let i = 0; i < n; i++) {
      const [x, z] = [head.position[3 * i]!, head.position[3 * i + 2]!];
      const y = head.position[3 * i + 1]!;
      if (head.normal[3 * i]! * x + head.normal[3 * i + 1]! * y + head.normal[3 * i + 2]! * z > 0) outwards++;
    }
    expect(outwards / n).toBeGreaterThan(0.93);
  });
});

describe('morphs', () => {
  it('each shape parameter moves the head, and none of them breaks it', () => {
    for (const name of SHAPE_NAMES) {
      const head = posableCopy(MEAN_HEAD);
      const shape = Object.fromEntries(SHAPE_NAMES.map((n) => [n, n === name ? 2 : 0])) as Record<
        ShapeName,
        number
      >;
      applyShape(head, shape);
      let most = 0;
      for (let i = 0; i < head.position.length; i++) {
        most = Math.max(most, Math.abs(head.position[i]! - MEAN_HEAD.position[i]!));
      }
      expect(most, name).toBeGreaterThan(1);
      expect(most, name).toBeLessThan(16);
    }
  });

  it('opening the mouth parts the lips in the middle, not at the corners', () => {
    const head = posableCopy(MEAN_HEAD);
    applyExpression(head, { open: 1 });
    const gapAt = (x: number) => {
      const { col } = gridPosition(x, MOUTH_Y);
      const upper = pointOnGrid(head, { col, row: UPPER_LIP_ROW }, [0, 0, 0])[1];
      return upper - pointOnGrid(head, { col, row: UPPER_LIP_ROW + 1 }, [0, 0, 0])[1];
    };
    expect(gapAt(0)).toBeGreaterThan(15);
    expect(gapAt(28)).toBeLessThan(2);
    expect(gapAt(40)).toBeLessThan(1);
  });
});

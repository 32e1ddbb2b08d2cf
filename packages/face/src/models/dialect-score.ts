import { iou } from '../geometry/box.ts';
import type { Box } from '../geometry/types.ts';
import type { Image } from '../image/image.ts';
import type { DetectOptions, Detector } from './detector.ts';
import type { Candidates } from './heads/candidates.ts';

/** How well a detector's outputs fit the conventions it is read by. */
export interface DialectScore {
  /** Groups of neighbouring cells that saw a face, over all pictures. */
  numGroups: number;
  /** Cells in these groups. */
  numCells: number;
  /** Least-squares slope of the decoded centre over the cell's place; 0 where cells agree. */
  drift: number;
  /** Share of candidates whose landmarks lie inside their box, eyes above mouth, left before right. */
  landmarkOrder: number;
  /** 'unsure' where the pictures showed too few faces to tell. */
  verdict: 'consistent' | 'inconsistent' | 'unsure';
}

/** Right dialects drift by less than 0.04 on photos; anchors half or twice as large by 0.5 and −0.9. */
const MOST_DRIFT = 0.15;
const LEAST_GROUPS = 2;

/**
 * Measures whether the boxes of a detector are decoded as its network means them.
 *
 * Several neighbouring cells see each face, and each tells its centre as c = cell + v·offset·anchor. If the
 * anchors (or variances, or strides) are those of the training, all tell the same place. If anchors are k
 * times too large or small, each is off by its own share, (k − 1) · (face − cell), so the decoded centre
 * moves with the cell: the slope of c over cell, pooled over faces, is 1 − k. It does not depend on who is
 * in the picture or on how sure the network is.
 *
 * @param images pictures with faces, of any kind; a few large faces tell most.
 */
export async function scoreDialect(
  detector: Detector,
  images: Image[],
  options: DetectOptions = {},
): Promise<DialectScore> {
  const sum: Sums = { numGroups: 0, numCells: 0, covariance: 0, variance: 0, numOrdered: 0, numLandmarks: 0 };
  for (const image of images) {
    const found = await detector.candidates(image, { scoreThreshold: 0.3, ...options });
    for (const group of groups(found)) addGroup(found, group, sum);
    if (detector.hasLandmarks) addLandmarks(found, sum);
  }
  const drift = sum.variance > 0 ? sum.covariance / sum.variance : 0;
  const landmarkOrder = sum.numLandmarks > 0 ? sum.numOrdered / sum.numLandmarks : 1;
  const isConsistent = Math.abs(drift) <= MOST_DRIFT && landmarkOrder >= 0.8;
  const verdict = sum.numGroups < LEAST_GROUPS ? 'unsure' : isConsistent ? 'consistent' : 'inconsistent';
  return { numGroups: sum.numGroups, numCells: sum.numCells, drift, landmarkOrder, verdict };
}

interface Sums {
  numGroups: number;
  numCells: number;
  covariance: number;
  variance: number;
  numOrdered: number;
  numLandmarks: number;
}

/** Candidates of one level whose cells touch and boxes overlap: those that see one face. Single ones tell nothing. */
function groups(found: Candidates): number[][] {
  const isFree = new Array<boolean>(found.count).fill(true);
  const all: number[][] = [];
  for (let seed = 0; seed < found.count; seed++) {
    if (!isFree[seed]) continue;
    isFree[seed] = false;
    const group = [seed];
    for (const member of group) {
      for (let other = 0; other < found.count; other++) {
        if (!isFree[other] || !areNeighbours(found, member, other)) continue;
        isFree[other] = false;
        group.push(other);
      }
    }
    if (group.length > 1) all.push(group);
  }
  return all;
}

function areNeighbours({ cells, boxes }: Candidates, a: number, b: number): boolean {
  if (cells[4 * a + 2] !== cells[4 * b + 2]) return false;
  const apart = Math.max(
    Math.abs(cells[4 * a]! - cells[4 * b]!),
    Math.abs(cells[4 * a + 1]! - cells[4 * b + 1]!),
  );
  const box = (i: number) => [...boxes.subarray(4 * i, 4 * i + 4)] as Box;
  return apart < 1.5 * cells[4 * a + 3]! && iou(box(a), box(b)) > 0.3;
}

function addGroup({ boxes, cells }: Candidates, group: number[], sum: Sums): void {
  const centre = (i: number, axis: number) => (boxes[4 * i + axis]! + boxes[4 * i + axis + 2]!) / 2;
  sum.numGroups++;
  sum.numCells += group.length;
  for (const axis of [0, 1]) {
    const meanCell = group.reduce((total, i) => total + cells[4 * i + axis]!, 0) / group.length;
    const meanCentre = group.reduce((total, i) => total + centre(i, axis), 0) / group.length;
    for (const i of group) {
      const d = cells[4 * i + axis]! - meanCell;
      sum.covariance += d * (centre(i, axis) - meanCentre);
      sum.variance += d * d;
    }
  }
}

function addLandmarks({ count, boxes, landmarks }: Candidates, sum: Sums): void {
  for (let i = 0; i < count; i++) {
    const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
    const p = landmarks.subarray(10 * i, 10 * i + 10);
    const slack = 0.15 * (x2! - x1!);
    let isOrdered = p[0]! < p[2]! + slack && p[6]! < p[8]! + slack && p[1]! + p[3]! < p[7]! + p[9]!;
    for (let k = 0; k < 10; k += 2) {
      if (p[k]! < x1! - slack || p[k]! > x2! + slack || p[k + 1]! < y1! - slack || p[k + 1]! > y2! + slack)
        isOrdered = false;
    }
    sum.numLandmarks++;
    if (isOrdered) sum.numOrdered++;
  }
}

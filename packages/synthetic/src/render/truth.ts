import type { Box, Landmarks } from '@semblance/face/geometry';
import type { Grid } from '../geometry/grid.ts';
import {
  CHIN_Y,
  EYE_X,
  EYE_Y,
  gridPosition,
  gridPositionAtAngle,
  MOUTH_HALF_WIDTH,
  MOUTH_Y,
  NOSE_TIP_Y,
  pointOnGrid,
} from '../geometry/head.ts';
import { type Camera, projectPoint } from './lens.ts';

const LANDMARKS = [
  gridPosition(-EYE_X, EYE_Y),
  gridPosition(EYE_X, EYE_Y),
  // Annotators point a little above the foremost point.
  gridPosition(0, NOSE_TIP_Y + 4),
  gridPosition(-MOUTH_HALF_WIDTH, MOUTH_Y),
  gridPosition(MOUTH_HALF_WIDTH, MOUTH_Y),
];

/** The face as annotators box it: from the upper forehead to the chin, from ear to ear without the ears. */
const OUTLINE = (() => {
  const points = [];
  for (let angle = -75; angle <= 75; angle += 7.5) {
    const phi = (angle * Math.PI) / 180;
    for (const y of [70, 54, 40, 20, 0, -20, -40, -60, -80, -95, CHIN_Y]) {
      if (y > 45 && Math.abs(angle) > (y > 60 ? 30 : 45)) continue;
      points.push(gridPositionAtAngle(phi, y));
    }
  }
  return [...points, LANDMARKS[2]!];
})();

/** Box and landmarks of a posed head, in pixels of the picture (they may reach beyond it). */
export function measureFace(head: Grid, camera: Camera): { box: Box; landmarks: Landmarks } {
  const point: [number, number, number] = [0, 0, 0];
  const pixel = [0, 0, 0];
  const at = (position: { col: number; row: number }) => {
    pointOnGrid(head, position, point);
    projectPoint(camera, ...point, pixel, 0);
    return pixel;
  };
  const landmarks = LANDMARKS.map((position) => {
    const [x, y] = at(position);
    return [x, y] as [number, number];
  });
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const position of OUTLINE) {
    const [x, y] = at(position) as [number, number];
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { box, landmarks };
}

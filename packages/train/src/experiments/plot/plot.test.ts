import { linePicture, panelGrid } from '@semblance/core/charts';
import { expect, test } from 'vitest';
import { discPanel } from './disc-panel.ts';
import { svgToPng } from './png.ts';
import { spherePanel } from './sphere-panel.ts';

const chart = linePicture({
  title: 'A',
  subtitle: 'nothing',
  x: { label: 'x', range: [0, 10] },
  y: { label: 'y', range: [0, 1] },
  lines: [],
});

test('pictures become PNG of twice their size', async () => {
  const bytes = Buffer.from(await svgToPng(chart));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1920, 1120]);
});

test('panels draw each class in its colour, in the plane and on the sphere', async () => {
  const plane = discPanel({ points: [[3, 0.1], [3, -0.1], [0, 2]], labels: [0, 0, 1], directions: [[1, 0], [0, 1]] }); // biome-ignore format: points
  expect(plane.markup.match(/h0/g)).toHaveLength(3);
  const sphere = spherePanel({ points: [[1, 0, 0], [0, 0, 1]], labels: [0, 1], directions: [[1, 0, 0], [0, 0, 1]] }); // biome-ignore format: points
  expect(sphere.markup.match(/h0/g)).toHaveLength(2);
  const grid = panelGrid(
    'both',
    ['of', 'them'],
    [
      { title: 'plane', caption: 'flat', drawing: plane },
      { title: 'sphere', caption: 'round', drawing: sphere },
    ],
  );
  expect((await svgToPng(grid)).length).toBeGreaterThan(1000);
});

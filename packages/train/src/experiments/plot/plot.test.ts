import { expect, test } from 'vitest';
import { discPanel } from './disc-panel.ts';
import { lineChart } from './line-chart.ts';
import { panelGrid } from './panel-grid.ts';
import { svgToPng } from './png.ts';
import { linearScale, ticks } from './scale.ts';
import { spherePanel } from './sphere-panel.ts';
import { dotPath, el, linePath, num } from './svg.ts';

test('elements escape texts and attributes, write kebab-case and leave undefined out', () => {
  const svg = el('text', { fontSize: 12, fill: undefined, id: '"a"' }, 'x < y & z');
  expect(svg.markup).toBe('<text font-size="12" id="&quot;a&quot;">x &lt; y &amp; z</text>');
  expect(el('path', { d: 'M0 0' }).markup).toBe('<path d="M0 0"/>');
});

test('paths are short', () => {
  expect(linePath([[0, 1.04], [2.5, 3]])).toBe('M0 1L2.5 3'); // biome-ignore format: points
  expect(dotPath([[1, 2]])).toBe('M1 2h0');
  expect(num(-0.001)).toBe('0');
});

test('scales and ticks', () => {
  expect(linearScale([0, 10], [100, 0])(2.5)).toBe(75);
  expect(ticks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks([-3, 1], 4)).toEqual([-3, -2, -1, 0, 1]);
  expect(ticks([-120, 70], 6)).toEqual([-100, -50, 0, 50]);
});

const chart = lineChart({
  title: 'A < B',
  subtitle: 'two lines',
  x: { label: 'x', range: [0, 10] },
  y: { label: 'y', range: [0, 1] },
  zones: [{ from: 2, to: 4, label: 'zone', color: '#eee' }],
  lines: [
    { label: 'rising', color: '#111', points: [[0, 0], [10, 1]] }, // biome-ignore format: points
    { label: 'falling', color: '#222', dashes: '4 2', points: [[0, 1], [10, 0]] }, // biome-ignore format: points
  ],
});

test('a chart holds its lines from corner to corner, its legend and its zone', () => {
  expect(chart).toContain('A &lt; B');
  expect(chart).toContain('d="M70 500L668 92" stroke="#111"');
  expect(chart).toContain('d="M70 92L668 500" stroke="#222" stroke-dasharray="4 2"');
  expect(chart).toMatch(/>falling<\/text>/);
  expect(chart).toMatch(/<rect x="189.6" .* fill="#eee"/);
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

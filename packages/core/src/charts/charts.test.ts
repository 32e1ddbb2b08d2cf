import { describe, expect, test } from 'vitest';
import { axes, rangeOf, ticksOf } from './axis.ts';
import { lineChart } from './line-chart.ts';
import { linePicture } from './line-picture.ts';
import { dotPath, el, linePath, num } from './svg.ts';

describe('axes', () => {
  test('linear: round numbers in reach', () => {
    const axis = axes.linear(0, 0.93);
    expect(axis.ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(axis.place(0.465)).toBeCloseTo(0.5, 12);
  });

  test('logarithmic: powers of ten, and what is not above 0 at the low end', () => {
    const axis = axes.log(1 / 3000, 1);
    expect(axis.ticks).toEqual([0.001, 0.01, 0.1, 1]);
    expect(axis.place(1)).toBe(1);
    expect(axis.place(Math.sqrt(1 / 3000))).toBeCloseTo(0.5, 12);
    expect(axis.place(0)).toBe(0);
  });

  test('the range of a logarithmic axis leaves out 0', () => {
    expect(rangeOf([0, 0.01, 1, Number.NaN], 'log')).toEqual([0.01, 1]);
    expect(rangeOf([], 'linear')).toEqual([0, 1]);
  });
});

test('a line is drawn where its values are', () => {
  const svg = lineChart({
    title: 'a < b',
    xLabel: 'rate',
    xAxis: 'log',
    xRange: [0.01, 1],
    yRange: [0.5, 1],
    series: [
      {
        name: 'one',
        color: '#000',
        points: [
          [0, 0.2],
          [0.1, 0.75],
          [1, 1],
        ],
      },
    ],
  });
  expect(svg).toContain('a &lt; b');
  // left 44 to 468, bottom 222 to top 30: what lies outside of the ranges runs along the edge
  expect(svg).toContain('points="44.0,222.0 256.0,126.0 468.0,30.0"');
});

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

test('ticks', () => {
  expect(ticksOf(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksOf(-3, 1, 4)).toEqual([-3, -2, -1, 0, 1]);
  expect(ticksOf(-120, 70, 6)).toEqual([-100, -50, 0, 50]);
});

const chart = linePicture({
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

test('a line of one point is a dot, one without points nothing, and a band lies around its line', () => {
  const svg = lineChart({
    title: 'few',
    xLabel: 'step',
    series: [
      { name: 'one', color: '#111111', points: [[1, 2]] },
      { name: 'none', color: '#222222', points: [] },
      {
        ...{ name: 'two', color: '#333333', dash: '6 3' },
        points: [
          [1, 2],
          [2, 3],
        ],
        band: [
          [1, 1, 3],
          [2, 2, 4],
        ],
      },
    ],
  });
  expect(svg.match(/<circle[^>]*fill="#111111"/g)).toHaveLength(1);
  expect(svg.match(/<polyline[^>]*stroke-dasharray="6 3"/g)).toHaveLength(1);
  expect(svg.match(/<polygon[^>]*fill="#333333"/g)).toHaveLength(1);
  expect(svg).not.toMatch(/<polyline[^>]*#222222/);
});

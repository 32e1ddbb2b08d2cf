import { describe, expect, test } from 'vitest';
import { axes, rangeOf } from './axis.ts';
import { lineChart } from './chart.ts';

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
  expect(svg).toContain('a &#60; b');
  // left 44 to 468, bottom 222 to top 30: what lies outside of the ranges runs along the edge
  expect(svg).toContain('points="44.0,222.0 256.0,126.0 468.0,30.0"');
});

import { describe, expect, test } from 'vitest';
import {
  closedSetMetrics,
  openSetMetrics,
  type ProbeResult,
  thresholdAtFpir,
  tpirAtFpir,
} from './identification.ts';

const probe = (subject: string | null, ...candidates: [string, number][]): ProbeResult => ({
  subject,
  candidates: candidates.map(([name, similarity]) => ({ subject: name, similarity })),
});

describe('closedSetMetrics', () => {
  test('counts the rank of the own subject', () => {
    const probes = [
      probe('a', ['a', 0.9], ['b', 0.1]),
      probe('a', ['b', 0.6], ['a', 0.5]),
      probe('b', ['c', 0.6], ['a', 0.5], ['b', 0.4]),
      probe('b', ['c', 0.6]), // not even a candidate
      probe('c'), // no face found
      probe(null, ['a', 0.9]), // strangers have no part in the closed set
    ];
    const { cmc, rank1, probes: count } = closedSetMetrics(probes, 3);
    expect(count).toBe(5);
    expect(rank1).toBeCloseTo(1 / 5, 12);
    expect(cmc).toEqual([1 / 5, 2 / 5, 3 / 5]);
  });

  test('a tie counts against the probe', () => {
    expect(closedSetMetrics([probe('b', ['b', 0.5], ['a', 0.5])], 2).cmc).toEqual([0, 1]);
  });

  test('needs a mated probe', () => {
    expect(() => closedSetMetrics([probe(null, ['a', 1])])).toThrow('no probe shows a person of the gallery');
  });
});

describe('openSetMetrics', () => {
  const probes = [
    probe('a', ['a', 0.9], ['b', 0.2]),
    probe('a', ['a', 0.4], ['b', 0.3]), // right but below the threshold
    probe('b', ['a', 0.8], ['b', 0.7]), // above the threshold but wrong
    probe('b'),
    probe(null, ['a', 0.6]),
    probe(null, ['b', 0.3]),
    probe(null),
  ];

  test('FPIR over strangers, TPIR over the enrolled', () => {
    expect(openSetMetrics(probes, 0.5)).toMatchObject({
      fpir: 1 / 3,
      tpir: 1 / 4,
      fnir: 3 / 4,
      mated: 4,
      nonMated: 3,
    });
    expect(openSetMetrics(probes, 0.6).fpir).toBeCloseTo(1 / 3, 12); // ≥: the threshold itself accepts
    expect(openSetMetrics(probes, 0.61).fpir).toBe(0);
  });

  test('the threshold is the lowest that keeps to the target', () => {
    const strangers = Array.from({ length: 100 }, (_, i) => probe(null, ['a', i / 100]));
    for (const target of [0, 0.01, 0.05, 0.07, 0.29, 0.5]) {
      const threshold = thresholdAtFpir(strangers, target);
      expect(openSetMetrics(strangers, threshold).fpir).toBeCloseTo(target, 12);
    }
    expect(openSetMetrics(strangers, thresholdAtFpir(strangers, 1)).fpir).toBe(1);
    expect(() => thresholdAtFpir([probe('a', ['a', 1])], 0.1)).toThrow('strangers');
  });

  test('ties at the threshold stay out together', () => {
    const strangers = [0.9, 0.5, 0.5, 0.5].map((similarity) => probe(null, ['a', similarity]));
    // one of four may pass, but 0.5 would let in four
    expect(openSetMetrics(strangers, thresholdAtFpir(strangers, 0.5)).fpir).toBe(0.25);
  });

  test('the threshold comes from the calibration probes, the rates from the others', () => {
    const calibration = [probe(null, ['a', 0.3]), probe(null, ['a', 0.1])];
    const { '0.1': at10 } = tpirAtFpir(probes, calibration, [0.1]);
    expect(at10!.threshold).toBeCloseTo(0.3, 12);
    expect(at10).toMatchObject({ fpir: 1 / 3, tpir: 2 / 4 });
  });
});

import { describe, expect, test } from 'vitest';
import {
  closedSetMetrics,
  openSetCurve,
  openSetMetrics,
  type ProbeResult,
  thresholdAtFpir,
  tpirAtFpir,
} from './identification.ts';
import { identificationIntervals } from './identification-intervals.ts';

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

describe('openSetCurve', () => {
  test('a point for each distinct similarity, agreeing with the rates at its threshold', () => {
    const probes = [
      probe('a', ['a', 0.9]),
      probe('a', ['b', 0.8]),
      probe(null, ['a', 0.8]),
      probe('b', ['b', 0.5]),
      probe(null, ['b', 0.2]),
      probe('b'),
    ];
    const curve = openSetCurve(probes);
    expect(curve.map(({ threshold }) => threshold)).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.8, 0.5, 0.2]);
    for (const { threshold, fpir, tpir } of curve) {
      expect(openSetMetrics(probes, threshold)).toMatchObject({ fpir, tpir });
    }
  });
});

describe('identificationIntervals', () => {
  // person p has probes all of which succeed or all of which fail
  const mated = (people: number, photosEach: number) =>
    Array.from({ length: people * photosEach }, (_, i) => {
      const person = `p${Math.floor(i / photosEach)}`;
      const isRight = Math.floor(i / photosEach) % 5 > 0;
      return { ...probe(person, [isRight ? person : 'other', 0.8]), person };
    });
  const strangers = Array.from({ length: 200 }, (_, i) => ({
    ...probe(null, ['p0', i / 200]),
    person: `s${i}`,
  }));

  test('rank 1 of 400 people with one photo: the width of a binomial', () => {
    const { rank1 } = identificationIntervals(mated(400, 1), [], []);
    const [low, high] = rank1!;
    // 0.8 ± 1.96·√(0.8·0.2/400) = 0.8 ± 0.0392
    expect(Math.abs(low - 0.7608)).toBeLessThan(0.01);
    expect(Math.abs(high - 0.8392)).toBeLessThan(0.01);
  });

  test('40 people with ten photos each are 40 trials, not 400', () => {
    const width = (people: number, photosEach: number): number => {
      const [low, high] = identificationIntervals(mated(people, photosEach), [], []).rank1!;
      return high - low;
    };
    expect(width(40, 10) / width(400, 1)).toBeGreaterThan(2.5); // √10 = 3.2
    expect(width(40, 10) / width(400, 1)).toBeLessThan(4);
  });

  test('the threshold is chosen anew: FPIR spreads as two draws of strangers do', () => {
    const { atFpir } = identificationIntervals([...mated(50, 1), ...strangers], strangers, [0.1]);
    const [low, high] = atFpir['0.1']!.fpir!;
    // two binomials of 0.1 over 200: ±1.96·√(2·0.09/200) = ±0.059
    expect(high - low).toBeGreaterThan(0.09);
    expect(high - low).toBeLessThan(0.15);
    // all mated scores lie at 0.8, which the threshold for 0.1 (about 0.9) excludes
    expect(atFpir['0.1']!.tpir![0]).toBe(0);
  });

  test('nothing to draw from gives no interval', () => {
    expect(identificationIntervals(strangers, [], [0.1])).toEqual({
      rank1: null,
      atFpir: { '0.1': { tpir: null, fpir: null } },
    });
  });
});

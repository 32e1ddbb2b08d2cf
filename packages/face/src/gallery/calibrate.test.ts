import { Random } from '@semblance/core/random';
import { normalize } from '@semblance/core/vector';
import { describe, expect, test } from 'vitest';
import { betaBinomialInterval, calibrateByStrangers } from './calibrate.ts';
import { createMemoryStore } from './drivers/memory.ts';
import { Gallery } from './gallery.ts';
import { fitStrangerLaw, lawThrough, rateAmong, similarityAmong } from './stranger-law.ts';

const random = new Random(11);
const unit = (size = 64): Float32Array =>
  normalize(Float32Array.from({ length: size }, () => random.normal()));
const people = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ subject: `s${i}`, embedding: unit() }));

async function galleryOf(count: number): Promise<Gallery> {
  const gallery = await Gallery.inStore(createMemoryStore(), { modelId: 'm', embeddingSize: 64 });
  await gallery.enrol(people(count), 'm');
  return gallery;
}

/** The share of new strangers that the gallery takes for somebody. */
async function measured(gallery: Gallery, count = 3000): Promise<number> {
  const found = await gallery.searchMany(Array.from({ length: count }, () => unit()));
  return found.filter(([hit]) => hit!.similarity >= gallery.threshold).length / count;
}

describe('the law of strangers', () => {
  test('is Gumbel’s, by its closed form', () => {
    const law = { mode: 0.3, scale: 0.05, numFaces: 100 };
    for (const s of [0.2, 0.3, 0.5]) {
      expect(rateAmong(law, 100, s)).toBeCloseTo(1 - Math.exp(-Math.exp(-(s - 0.3) / 0.05)), 12);
      // the best of ten times as many: the tenth power of the distribution
      expect(1 - rateAmong(law, 1000, s)).toBeCloseTo((1 - rateAmong(law, 100, s)) ** 10, 12);
    }
    for (const fpir of [0.5, 0.01, 1e-6])
      expect(rateAmong(law, 700, similarityAmong(law, 700, fpir))).toBeCloseTo(fpir, 12);
  });

  test('is found again from its quantiles', () => {
    const [mode, scale, n] = [0.25, 0.04, 100_001];
    const best = Float64Array.from(
      { length: n },
      (_, i) => mode - scale * Math.log(-Math.log((i + 0.5) / n)),
    );
    const law = fitStrangerLaw(best, 50);
    expect(law.mode).toBeCloseTo(mode, 4);
    expect(law.scale).toBeCloseTo(scale, 4);
    const median = mode - scale * Math.log(Math.LN2);
    const through = lawThrough(median, { similarity: similarityAmong(law, 50, 0.01), fpir: 0.01 }, 50);
    expect(through.scale).toBeCloseTo(scale, 4);
  });
});

test('the next 1,000 are like those that were seen', () => {
  // scipy.stats.betabinom(1000, 10.5, 990.5): 0.025 and 0.975
  expect(betaBinomialInterval(10, 1000)).toEqual([3, 21]);
  // none of very many
  expect(betaBinomialInterval(0, 1e9)).toEqual([0, 0]);
  expect(betaBinomialInterval(1e9, 1e9)).toEqual([1000, 1000]);
});

describe('calibrating by strangers', () => {
  test('puts the asked share of them above the threshold, between two of their similarities', () => {
    const best = Array.from({ length: 1000 }, (_, i) => i / 1000);
    const { calibration, thresholdInterval, fpirInterval } = calibrateByStrangers(best, 7, 0.01, 'them');
    expect(similarityAmong(calibration, 7, 0.01)).toBeCloseTo(0.9895, 10);
    // Wilson's interval of 10 in 1,000
    expect(fpirInterval[0]).toBeCloseTo(0.005442, 5);
    expect(fpirInterval[1]).toBeCloseTo(0.018309, 5);
    expect(thresholdInterval[0]).toBeCloseTo(0.98072, 3);
    expect(thresholdInterval[1]).toBeCloseTo(0.99356, 3);
    expect(calibration).toMatchObject({ strangers: 1000, data: 'them', numFaces: 7 });
  });

  test('strangers then pass at a rate within the interval that is said, also as the gallery grows', async () => {
    await using gallery = await galleryOf(100);
    const strangers = { embeddings: Array.from({ length: 2000 }, () => unit()), data: 'noise' };
    const { ofNextThousand, basis, fpir } = await gallery.calibrate({ fpir: 0.05, strangers });
    expect(fpir).toBe(0.05);
    expect(basis).toBe('for FPIR 0.05, by 2,000 strangers (noise)');
    const rate = await measured(gallery);
    expect(1000 * rate).toBeGreaterThan(ofNextThousand[0]);
    expect(1000 * rate).toBeLessThan(ofNextThousand[1]);
    // what is said beside a score is that rate
    expect(gallery.falsePositiveRate(gallery.threshold)).toBeCloseTo(0.05, 3);
    const [hit] = await gallery.search(strangers.embeddings[0]!);
    expect(hit!.falsePositiveRate).toBe(gallery.falsePositiveRate(hit!.similarity));

    const before = gallery.threshold;
    await gallery.enrol(
      people(900).map((face) => ({ ...face, subject: `late ${face.subject}` })),
      'm',
    );
    expect(gallery.threshold).toBeGreaterThan(before);
    expect(gallery.meta.thresholdBasis).toContain('carried from 100 to 1000 faces');
    const later = await measured(gallery);
    expect(later).toBeGreaterThan(0.02);
    expect(later).toBeLessThan(0.09);
  });

  test('a share of pairs stays the same at any size: the threshold does', async () => {
    await using gallery = await galleryOf(100);
    const strangers = { embeddings: Array.from({ length: 500 }, () => unit()), data: 'noise' };
    const { fpir } = await gallery.calibrate({ far: 1e-3, strangers });
    expect(fpir).toBeCloseTo(1 - 0.999 ** 100, 10);
    const before = gallery.threshold;
    await gallery.enrol(
      people(400).map((face) => ({ ...face, subject: `late ${face.subject}` })),
      'm',
    );
    expect(gallery.threshold).toBeCloseTo(before, 2);
  });

  test('few strangers give a wide interval, too few are refused', async () => {
    await using gallery = await galleryOf(50);
    const few = { embeddings: Array.from({ length: 60 }, () => unit()), data: 'few' };
    const { fpirInterval } = await gallery.calibrate({ strangers: few });
    expect(fpirInterval[1] / fpirInterval[0]).toBeGreaterThan(3);
    const fewer = { ...few, embeddings: few.embeddings.slice(0, 19) };
    await expect(gallery.calibrate({ strangers: fewer })).rejects.toMatchObject({ code: 'DATA_INVALID' });
  });
});

test('calibrating by the gallery’s own people says how sure that is', async () => {
  await using gallery = await galleryOf(300);
  const { threshold, thresholdInterval, fpirInterval } = await gallery.calibrate({ fpir: 0.05 });
  expect(thresholdInterval[0]).toBeLessThan(threshold);
  expect(thresholdInterval[1]).toBeGreaterThan(threshold);
  const rate = await measured(gallery);
  expect(rate).toBeGreaterThan(fpirInterval[0] - 0.02);
  expect(rate).toBeLessThan(fpirInterval[1] + 0.02);
  await using small = await galleryOf(10);
  await expect(small.calibrate()).rejects.toMatchObject({ code: 'DATA_INVALID' });
});

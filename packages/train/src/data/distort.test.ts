import { Random } from '@semblance/core/random';
import { expect, test } from 'vitest';
import { distort, retinafaceDistortion } from './distort.ts';

/** Answers from a script: chances, then ranges by their place in [0, 1). */
function scripted(chances: boolean[], places: number[]): Random {
  return Object.assign(new Random(0), {
    chance: () => chances.shift()!,
    range: (low: number, high: number) => low + places.shift()! * (high - low),
  });
}

const pixel = (...rgb: number[]) => ({ data: new Uint8Array(rgb), width: rgb.length / 3, height: 1 });

test('brightness adds, contrast multiplies, both clamped', () => {
  const brighter = distort(pixel(10, 100, 250), scripted([true, true, false, false, false], [1]), {
    ...retinafaceDistortion,
  });
  expect([...brighter.data]).toEqual([42, 132, 255]);
  const starker = distort(pixel(10, 100, 250), scripted([true, false, true, false, false], [1]), {
    ...retinafaceDistortion,
  });
  expect([...starker.data]).toEqual([15, 150, 255]);
});

test('saturation moves towards grey of the same value, hue turns the hexagon', () => {
  const pale = distort(pixel(200, 100, 0), scripted([true, false, false, true, false], [0]), {
    ...retinafaceDistortion,
  });
  expect([...pale.data]).toEqual([200, 150, 100]);
  const turned = distort(pixel(200, 0, 0), scripted([true, false, false, false, true], [1]), {
    ...retinafaceDistortion,
    hueDegrees: 60,
  });
  expect([...turned.data]).toEqual([200, 200, 0]);
  const back = distort(pixel(200, 0, 0), scripted([true, false, false, false, true], [0]), {
    ...retinafaceDistortion,
    hueDegrees: 60,
  });
  expect([...back.data]).toEqual([200, 0, 200]);
});

test('grey stays grey under hue and saturation, and the input is untouched', () => {
  const image = pixel(77, 77, 77, 5, 5, 5);
  const result = distort(
    image,
    scripted([false, false, false, true, true], [0.9, 0.9]),
    retinafaceDistortion,
  );
  expect([...result.data]).toEqual([77, 77, 77, 5, 5, 5]);
  expect([...image.data]).toEqual([77, 77, 77, 5, 5, 5]);
});

test('the same stream distorts the same way', () => {
  const image = { data: new Uint8Array(300).map((_, i) => (i * 37) % 256), width: 10, height: 10 };
  const run = (seed: number) => distort(image, Random.of(seed), retinafaceDistortion).data;
  expect(run(3)).toEqual(run(3));
  expect(run(3)).not.toEqual(run(4));
});

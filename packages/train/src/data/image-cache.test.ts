import { expect, test } from 'vitest';
import { createCacheMemory, openImageCache } from './image-cache.ts';

const image = (width: number, height: number, value: number) => ({
  data: new Uint8Array(width * height * 3).fill(value),
  width,
  height,
});

test('what one thread puts another gets', () => {
  const memory = createCacheMemory(3, 10_000);
  const [a, b] = [openImageCache(memory), openImageCache(memory)];
  expect(b.get(1)).toBeUndefined();
  a.put(1, image(5, 7, 9));
  a.put(0, image(2, 2, 3));
  expect(b.get(1)).toEqual(image(5, 7, 9));
  expect(b.get(0)).toEqual(image(2, 2, 3));
  b.put(1, image(1, 1, 1));
  expect(a.get(1)).toEqual(image(5, 7, 9));
});

test('a full cache keeps what it has', () => {
  const cache = openImageCache(createCacheMemory(3, 112));
  cache.put(0, image(4, 4, 1));
  cache.put(1, image(6, 6, 2));
  cache.put(2, image(4, 4, 3));
  expect(cache.get(0)).toEqual(image(4, 4, 1));
  expect(cache.get(1)).toBeUndefined();
  expect(cache.get(2)).toEqual(image(4, 4, 3));
});

test('an unreadable image is remembered as such', () => {
  const cache = openImageCache(createCacheMemory(1, 0));
  cache.mark(0, 'unreadable');
  expect(cache.get(0)).toBe('unreadable');
});

import { decodeImage } from '@semblance/face/image';
import { createIdentity, renderPortrait } from '@semblance/synthetic';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodePhoto } from './decode-photo.ts';

const portrait = renderPortrait(createIdentity(3), { size: 112, seed: 4 }).image;
const picture = () => sharp(portrait.data, { raw: { width: 112, height: 112, channels: 3 } });

test.each(['4:2:0', '4:4:4'])(
  'a plain JPEG, %s, is what decodeImage gives within a few levels',
  async (chromaSubsampling) => {
    for (const progressive of [false, true]) {
      const bytes = await picture().jpeg({ quality: 92, chromaSubsampling, progressive }).toBuffer();
      const [own, other] = await Promise.all([decodePhoto(bytes), decodeImage(bytes)]);
      expect([own.width, own.height]).toEqual([112, 112]);
      const differences = own.data.map((value, i) => Math.abs(value - other.data[i]!));
      expect(Math.max(...differences)).toBeLessThanOrEqual(16);
      expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(0.5);
    }
  },
);

test('other pictures are decoded as ever, and what is broken is told', async () => {
  const turned = await picture()
    .extract({ left: 0, top: 0, width: 60, height: 40 })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { width, height } = await decodePhoto(turned);
  expect([width, height]).toEqual([40, 60]);
  const png = await picture().png().toBuffer();
  expect((await decodePhoto(png)).data).toEqual(portrait.data);
  const bytes = await picture().jpeg().toBuffer();
  await expect(decodePhoto(bytes.subarray(0, bytes.length / 2))).rejects.toMatchObject({
    code: 'IMAGE_TRUNCATED',
  });
  await expect(decodePhoto(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'IMAGE_NOT_AN_IMAGE' });
});

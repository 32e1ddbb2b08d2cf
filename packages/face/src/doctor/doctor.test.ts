// What is wrong with photos, and with galleries of them.
import { Random } from '@semblance/core/random';
import { normalized } from '@semblance/core/vector';
import { describe, expect, test } from 'vitest';
import { TEMPLATE_112 } from '../align/template.ts';
import { createMemoryStore } from '../gallery/drivers/memory.ts';
import { Gallery } from '../gallery/gallery.ts';
import type { NewFace } from '../gallery/store.ts';
import type { Landmarks } from '../geometry/types.ts';
import { encodeJpeg } from '../image/encode.ts';
import { createImage, fromSharp, type Image, toSharp } from '../image/image.ts';
import { judgePhoto, requireGoodPhoto } from './check-photo.ts';
import { measureCrop } from './crop-measures.ts';
import { examineGallery } from './examine-gallery.ts';
import { headPose } from './head-pose.ts';
import { measureFace } from './photo-facts.ts';

/** The template's head from a photo: turned upright by so many degrees, the nose moved by so many pixels, enlarged. */
function landmarksOf({ roll = 0, noseX = 0, noseY = 0, scale = 1 } = {}): Landmarks {
  const angle = (roll * Math.PI) / 180;
  return TEMPLATE_112.map(([x, y], i) => {
    const [u, v] = [x + (i === 2 ? noseX : 0) - 56, y + (i === 2 ? noseY : 0) - 72];
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return [scale * (c * u - s * v) + 300, scale * (s * u + c * v) + 300];
  });
}

/** A face in a clear photo, as far as the measures can tell: a light head with features, on dark. */
function clearCrop(random = Random.of(3)): Image {
  const image = createImage(112, 112);
  const cells = Array.from({ length: 28 * 28 }, () => random.range(0.6, 1.1));
  for (let y = 0; y < 112; y++) {
    for (let x = 0; x < 112; x++) {
      const value = 150 * cells[(y >> 2) * 28 + (x >> 2)]!;
      image.data.fill(Math.round(value), 3 * (y * 112 + x), 3 * (y * 112 + x) + 3);
    }
  }
  return image;
}

describe('the pose by five landmarks', () => {
  test('of the template it is level and from the front', () => {
    const { yaw, pitch, roll } = headPose(landmarksOf());
    for (const angle of [yaw, pitch, roll]) expect(Math.abs(angle)).toBeLessThan(3);
  });

  test('a nose to the right looks right, one further up looks up, and a roll changes neither', () => {
    // the tip is 0.625 eye distances before the eyes: moved by as much it is seen at 45 degrees
    const turned = headPose(landmarksOf({ noseX: 0.625 * 35.24, roll: 25, scale: 3 }));
    expect(turned.yaw).toBeCloseTo(45, 0);
    expect(turned.roll).toBeCloseTo(25, 0);
    expect(headPose(landmarksOf({ noseX: -10 })).yaw).toBeLessThan(-20);
    expect(headPose(landmarksOf({ noseY: -12 })).pitch).toBeGreaterThan(20);
    expect(headPose(landmarksOf({ noseY: 12 })).pitch).toBeLessThan(-15);
  });
});

describe('a photo', () => {
  const good = { landmarks: landmarksOf({ scale: 2 }), crop: clearCrop(), numFaces: 1 };
  const problems = async (changed: Partial<typeof good>, mode: 'standard' | 'strict' = 'strict') => {
    const face = { ...good, ...changed };
    return judgePhoto(await measureFace(face, face.numFaces), mode).map(({ problem }) => problem);
  };
  const altered = async (change: (image: ReturnType<typeof toSharp>) => ReturnType<typeof toSharp>) => ({
    crop: await fromSharp(change(toSharp(clearCrop()))),
  });

  test('that is good has nothing wrong with it', async () => {
    expect(await problems({})).toEqual([]);
    await requireGoodPhoto(good, 'strict', 'photo.jpg');
  });

  test('is judged by size, pose, sharpness, light and the number of faces', async () => {
    expect(await problems({ landmarks: landmarksOf({ scale: 0.3 }) }, 'standard')).toEqual(['small']);
    expect(await problems({ landmarks: landmarksOf({ noseX: 25 }) }, 'standard')).toEqual(['turned']);
    expect(await problems({ landmarks: landmarksOf({ noseY: 25 }) })).toEqual(['nodding']);
    expect(await problems({ landmarks: landmarksOf({ roll: 40 }) })).toEqual(['leaning']);
    expect(await problems({ numFaces: 3 })).toEqual(['several_faces']);
    expect(await problems({ numFaces: 3 }, 'standard')).toEqual([]);
    expect(await problems(await altered((image) => image.blur(4)))).toContain('blurred');
    expect(await problems(await altered((image) => image.linear(0.2, 0)), 'standard')).toContain('dark');
    expect(await problems(await altered((image) => image.linear(1, 150)), 'standard')).toContain('bright');
  });

  test('with covered eyes, a covered mouth or light from one side is told by the crop', async () => {
    const paint = async (left: number, top: number, width: number, height: number, grey: number) => {
      const input = {
        create: { width, height, channels: 3 as const, background: { r: grey, g: grey, b: grey } },
      };
      return altered((image) => image.composite([{ input, left, top }]));
    };
    expect(await problems(await paint(22, 42, 68, 18, 20))).toContain('eyes_covered');
    expect(await problems(await paint(22, 70, 68, 40, 150))).toContain('mouth_covered');
    expect(await problems(await paint(56, 0, 56, 112, 25), 'standard')).toContain('uneven_light');
  });

  test('is measured at one size, whatever the recognizer takes', async () => {
    const larger = await fromSharp(toSharp(clearCrop()).resize(224, 224, { kernel: 'nearest' }));
    const [one, two] = [await measureCrop(clearCrop()), await measureCrop(larger)];
    expect(two.brightness).toBeCloseTo(one.brightness, -1);
    expect(two.contrast / one.contrast).toBeCloseTo(1, 0);
    expect(two.unevenness).toBeCloseTo(one.unevenness, 1);
  });

  test('is refused with what is wrong and what to do; nothing is asked where that is off', async () => {
    const small = { ...good, landmarks: landmarksOf({ scale: 0.3 }) };
    await expect(requireGoodPhoto(small, 'standard', 'photos/a.jpg')).rejects.toMatchObject({
      code: 'FACE_LOW_QUALITY',
      message: expect.stringMatching(
        /^a\.jpg .*eyes are 11 pixels apart, fewer than 12 \(take a photo from nearer/,
      ),
      details: { findings: [{ problem: 'small', limit: 12 }] },
    });
    await requireGoodPhoto(small, 'off', 'a.jpg');
  });
});

describe('a gallery', () => {
  const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 64, threshold: 0.5 };
  const random = Random.of(5);
  const draw = (): Float32Array => normalized(Float32Array.from({ length: 64 }, () => random.normal()));
  /** Another photo of somebody: as similar as asked for, whatever else is in it. */
  const like = (centre: Float32Array, similarity: number): Float32Array => {
    const other = draw();
    const along = centre.reduce((sum, value, i) => sum + value * other[i]!, 0);
    const across = normalized(other.map((value, i) => value - along * centre[i]!));
    return centre.map((value, i) => similarity * value + Math.sqrt(1 - similarity ** 2) * across[i]!);
  };
  const [ada, bo, cy, di] = [draw(), draw(), draw(), draw()];
  const face = (subject: string, embedding: Float32Array, more: Partial<NewFace> = {}): NewFace => ({
    ...{ subject, embedding, source: `${subject}.jpg` },
    ...more,
  });

  test('tells wrong names, one person under two, duplicates, and whom one photo shows', async () => {
    await using gallery = await Gallery.inStore(createMemoryStore(), model);
    const crop = await encodeJpeg(clearCrop());
    const dark = await encodeJpeg(await fromSharp(toSharp(clearCrop()).linear(0.1, 0)));
    const ids = await gallery.enrol(
      [
        face('Ada', ada, { contentHash: 'a1', crop }),
        face('Ada', like(ada, 0.9), { contentHash: 'a2', crop: dark }),
        face('Ada', like(bo, 0.85), { source: 'wrong.jpg' }),
        face('Bo', bo, { contentHash: 'b' }),
        face('Bo', like(bo, 0.9), { contentHash: 'b' }),
        face('Cy', cy),
        face('Cyrus', like(cy, 0.8)),
        face('Di', di),
        face('Eve', like(di, 0.55)),
        face('Eve 2', draw(), { contentHash: 'a1' }),
      ],
      model.modelId,
    );
    const found = await examineGallery(gallery);
    expect(found).toMatchObject({ subjects: 7, faces: 10, compared: 10, measured: 2, mode: 'standard' });
    expect(found.mislabels).toMatchObject([
      { id: ids[2], subject: 'Ada', photo: 'wrong.jpg', other: 'Bo', otherFace: ids[3] },
    ]);
    expect(found.twoNames).toMatchObject([{ subjects: ['Cy', 'Cyrus'], similarity: 0.8 }]);
    expect(found.lookAlikes).toMatchObject([{ subjects: ['Di', 'Eve'], similarity: 0.55 }]);
    expect(found.duplicates).toMatchObject([
      { kind: 'same_content', isOneSubject: false, faces: [{ subject: 'Ada' }, { subject: 'Eve 2' }] },
      { kind: 'same_content', isOneSubject: true, faces: [{ id: ids[3] }, { id: ids[4] }] },
    ]);
    expect(found.photos.map(({ id }) => id)).toEqual([ids[1]]);
    expect(found.onePhoto).toEqual(['Cy', 'Cyrus', 'Di', 'Eve', 'Eve 2']);
    expect(await examineGallery(gallery, { mode: 'off', most: 4 })).toMatchObject({
      photos: [],
      compared: 4,
    });
  });

  test('of one photo under two names, the name that its other photos do not bear out is wrong', async () => {
    await using gallery = await Gallery.inStore(createMemoryStore(), model);
    const photo = like(ada, 0.8);
    await gallery.enrol(
      [face('Ada', photo), face('Ada', ada), face('Bo', bo), face('Bo', like(bo, 0.9)), face('Bo', photo)],
      model.modelId,
    );
    expect((await examineGallery(gallery)).mislabels).toMatchObject([{ id: 5, subject: 'Bo', other: 'Ada' }]);
  });

  test('a picture that was stored twice in other bytes is told from two that are alike', async () => {
    await using gallery = await Gallery.inStore(createMemoryStore(), model);
    const [crop, again] = [await encodeJpeg(clearCrop()), await encodeJpeg(clearCrop(), { quality: 60 })];
    const other = await encodeJpeg(clearCrop(Random.of(8)));
    await gallery.enrol(
      [
        face('Ada', ada, { contentHash: '1', crop }),
        face('Ada', like(ada, 0.99), { contentHash: '2', crop: again }),
        face('Ada', like(ada, 0.99), { contentHash: '3', crop: other }),
      ],
      model.modelId,
    );
    const { duplicates } = await examineGallery(gallery);
    expect(duplicates).toMatchObject([{ kind: 'near_identical', faces: [{ id: 1 }, { id: 2 }] }]);
  });

  test('names the photo that is missing', async () => {
    await using gallery = await Gallery.inStore(createMemoryStore(), model);
    const yaws: Record<string, [number, string | null][]> = {
      Anna: [3, -5, 8].map((yaw) => [yaw, '2026-05-01']),
      Ben: [
        [0, null],
        [-30, null],
      ],
      Cora: [[40, null]],
      Dan: [-30, 0, 30].map((yaw) => [yaw, '2026-05-01']),
      Eli: [-30, 0, 30].map((yaw, i) => [yaw, `2026-05-0${i + 1}`]),
    };
    const pictures = Object.entries(yaws).flatMap(([subject, list]) =>
      list.map(([yaw, day]) => ({ subject, picture: { facts: { yaw }, day } })),
    );
    const ids = await gallery.enrol(
      pictures.map(({ subject }) => face(subject, draw())),
      model.modelId,
    );
    const measure = async ({ id }: { id: number }) => pictures[ids.indexOf(id)]!.picture;
    expect((await examineGallery(gallery, { measure })).missing.map(({ message }) => message)).toEqual([
      'Anna: no photo from the left or the right; all three are frontal and from one day',
      'Ben: no photo from the right',
      'Cora: no photo from the front',
      'Dan: all three are from one day; take one on another',
    ]);
  });
});

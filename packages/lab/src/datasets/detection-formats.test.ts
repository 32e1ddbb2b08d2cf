import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@semblance/face/image';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeRealData, realData } from '../../../../test/support/real-data.ts';
import { parseCocoLabels } from './coco-labels.ts';
import { type DetectionFormatName, detectionFormats, readDetectionLabels } from './detection-labels.ts';
import { parseDlibLabels } from './dlib-labels.ts';
import type { LabelledImage } from './label-types.ts';
import { recogniseDataset } from './recognise.ts';
import { writeDetectionLabels } from './write-detection-labels.ts';

let root: string;
let images: LabelledImage[];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-formats-'));
  await mkdir(join(root, 'from'));
  await writeFile(
    join(root, 'from', 'a & b.png'),
    await encodePng({ data: new Uint8Array(36), width: 4, height: 3 }),
  );
  await copyFile(join(root, 'from', 'a & b.png'), join(root, 'from', 'none.png'));
  const landmarks: LabelledImage['faces'][0]['landmarks'] = [
    [11, 12],
    [21, 12],
    [16, 18],
    [12, 24],
    [20, 24],
  ];
  const at = (name: string): { name: string; path: string } => ({ name, path: join(root, 'from', name) });
  images = [
    {
      ...at('a & b.png'),
      faces: [
        { box: [1, 2, 31, 42], landmarks, invalid: false },
        { box: [5, 6, 9, 12], landmarks: null, invalid: true },
      ],
    },
    { ...at('none.png'), faces: [] },
  ];
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** What a format cannot say, and so loses. */
const loses: Partial<Record<DetectionFormatName, 'landmarks' | 'invalid'>> = {
  wider: 'landmarks',
  retinaface: 'invalid',
  scrfd: 'invalid',
};

test.each(Object.keys(detectionFormats) as DetectionFormatName[])(
  '%s reads what it writes',
  async (format) => {
    const out = join(root, format);
    expect(await writeDetectionLabels(images, format, out)).toBe(2);
    expect(await recogniseDataset(out)).toBe('detection');
    const read = await readDetectionLabels(out);
    const expected = images.map(({ name, faces }) => ({
      name,
      path: join(out, 'images', name),
      faces: faces.map((face) => ({
        ...face,
        landmarks: loses[format] === 'landmarks' ? null : face.landmarks,
        invalid: loses[format] === 'invalid' ? false : face.invalid,
      })),
    }));
    expect(read).toMatchObject(expected);
    await expect(writeDetectionLabels(images, format, out)).rejects.toMatchObject({ code: 'PATH_EXISTS' });
  },
);

test('photos that cannot be read are told of and left out; names that leave the folder are refused', async () => {
  const refused: string[] = [];
  const gone = { ...images[1]!, name: 'gone.png', path: join(root, 'gone.png') };
  const onRefused = (name: string): void => void refused.push(name);
  expect(await writeDetectionLabels([gone, images[0]!], 'coco', join(root, 'some'), { onRefused })).toBe(1);
  expect(refused).toEqual(['gone.png']);
  const evil = { ...images[0]!, name: '../../evil.png' };
  await expect(writeDetectionLabels([evil], 'coco', join(root, 'evil'))).rejects.toMatchObject({
    code: 'PATH_OUTSIDE_ROOT',
  });
});

describe('dlib', () => {
  test.each([
    ['<!DOCTYPE x [<!ENTITY e "x">]><dataset/>', 'x.xml:1'],
    ["<dataset>\n<image file='a.jpg'>\n<box top='1' left='2' width='3'/>", 'x.xml:3: <box> needs height'],
    ["<box top='1' left='2' width='3' height='4'/>", 'not inside an image'],
    ['<image/>', 'needs file'],
    ['<image file="a.jpg>', 'x.xml:1: this is not well-formed XML: unexpected end'],
    [
      '<dataset>\n<image file="a.jpg">\n</dataset>',
      'x.xml:3: this is not well-formed XML: unexpected close tag',
    ],
    ["<image file='a&x;.jpg'/>", 'undefined entity'],
    ['<x>'.repeat(1e5), 'nested more than 32 deep'],
  ])('%j is refused', (text, words) => {
    expect(() => parseDlibLabels(text, 'x.xml')).toThrow(words);
  });

  test('entities of XML itself are undone', () => {
    const [image] = parseDlibLabels("<image file='a&amp;b&#x41;&#10;.jpg'/>");
    expect(image!.name).toBe('a&bA\n.jpg');
  });

  test('a box without an area takes its landmarks with it', () => {
    const parts = (at: number) =>
      ['left_eye', 'right_eye', 'nose', 'left_mouth', 'right_mouth']
        .map((name) => `<part name="${name}" x="${at}" y="${at}"/>`)
        .join('');
    const [image] = parseDlibLabels(
      `<image file="a.jpg"><box top="1" left="2" width="3" height="4">${parts(5)}</box>
      <box top="1" left="2" width="0" height="4">${parts(6)}</box></image>`,
    );
    expect(image!.faces).toEqual([
      { box: [2, 1, 5, 5], landmarks: new Array(5).fill([5, 5]), invalid: false },
    ]);
  });
});

test('COCO: what is not as it should be is refused; keypoints of a body are no landmarks', () => {
  const set = (annotation: object): string =>
    JSON.stringify({ images: [{ id: 7, file_name: 'a.jpg' }], annotations: [annotation] });
  expect(() => parseCocoLabels('{')).toThrow('is not JSON');
  expect(() => parseCocoLabels('{"images": []}')).toThrow('"annotations"');
  expect(() => parseCocoLabels(set({ image_id: 8, bbox: [0, 0, 1, 1] }))).toThrow(
    'annotation 0 to name an image',
  );
  expect(() => parseCocoLabels(set({ image_id: 7, bbox: [0, 0, 1] }))).toThrow('four numbers');
  const body = set({ image_id: 7, bbox: [1, 2, 3, 4], keypoints: new Array(51).fill(1) });
  expect(parseCocoLabels(body)[0]!.faces).toEqual([{ box: [1, 2, 4, 6], landmarks: null, invalid: false }]);
});

describeRealData('photos of groups in dlib’s XML', () => {
  test('six faces in the first photo, with landmarks from the 68 points', async () => {
    const boxes = await readDetectionLabels(realData('groups', 'testing.xml'));
    expect(boxes[0]).toMatchObject({ name: '2008_002470.jpg', faces: { length: 6 } });
    expect(boxes[0]!.faces[0]!.box).toEqual([274, 181, 326, 234]);
    const points = await readDetectionLabels(realData('groups', 'testing_with_face_landmarks.xml'));
    for (const { faces } of points) {
      for (const { box, landmarks } of faces) {
        const [left, right, nose, mouthLeft, mouthRight] = landmarks!;
        expect(left[0]).toBeLessThan(right[0]);
        expect(mouthLeft[0]).toBeLessThan(mouthRight[0]);
        expect(nose[1]).toBeGreaterThan((left[1] + right[1]) / 2);
        expect(mouthLeft[1]).toBeGreaterThan(nose[1]);
        expect(left[0]).toBeGreaterThan(box[0] - (box[2] - box[0]) / 2);
      }
    }
  });
});

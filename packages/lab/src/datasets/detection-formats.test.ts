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

test.each(Object.keys(detectionFormats) as DetectionFormatName[])(
  '%s: a name with a line break comes back, or is told of; the others are not shifted',
  async (format) => {
    const name = 'Ann\nLee.png';
    await copyFile(join(root, 'from', 'none.png'), join(root, 'from', name));
    const odd = { ...images[0]!, name, path: join(root, 'from', name) };
    const refused: string[] = [];
    const onRefused = (of: string): void => void refused.push(of);
    const out = join(root, `lines-${format}`);
    const written = await writeDetectionLabels([odd, ...images], format, out, { onRefused });
    const names = (await readDetectionLabels(out)).map((image) => image.name);
    const isKept = format === 'dlib' || format === 'coco';
    expect(written).toBe(isKept ? 3 : 2);
    expect(refused).toEqual(isKept ? [] : [name]);
    expect(names).toEqual([...(isKept ? [name] : []), 'a & b.png', 'none.png']);
  },
);

/** Two faces with landmarks, and between them a box without an area that has its own. */
const withEmptyBox: Record<DetectionFormatName, string> = (() => {
  const points = (at: number) => [
    at + 1,
    at + 1,
    at + 3,
    at + 1,
    at + 2,
    at + 2,
    at + 1,
    at + 3,
    at + 3,
    at + 3,
  ];
  const inThrees = (at: number, flag: number) =>
    [0, 2, 4, 6, 8].flatMap((k) => [points(at)[k]!, points(at)[k + 1]!, flag]);
  const names = ['left_eye', 'right_eye', 'nose', 'left_mouth', 'right_mouth'];
  const dlibBox = (at: number, width: number) =>
    `<box top='${at}' left='${at}' width='${width}' height='4'>${names
      .map((name, k) => `<part name='${name}' x='${points(at)[2 * k]}' y='${points(at)[2 * k + 1]}'/>`)
      .join('')}</box>`;
  const annotation = (at: number, width: number) => ({
    image_id: 1,
    bbox: [at, at, width, 4],
    keypoints: inThrees(at, 2),
  });
  const xywh = (at: number, width: number) => [at, at, width, 4, ...inThrees(at, 0), 0].join(' ');
  const corners = (at: number, width: number) =>
    [at, at, at + width, at + 4, ...inThrees(at, 0), 0].join(' ');
  const wider = (at: number, width: number) => `${at} ${at} ${width} 4 0 0 0 0 0 0`;
  const all = <T>(box: (at: number, width: number) => T): T[] => [
    box(10, 4),
    box(20, 0),
    box(25, -4),
    box(30, 4),
  ];
  return {
    dlib: `<image file='a.jpg'>${all(dlibBox).join('\n')}</image>`,
    coco: JSON.stringify({ images: [{ id: 1, file_name: 'a.jpg' }], annotations: all(annotation) }),
    retinaface: `# a.jpg\n${all(xywh).join('\n')}\n`,
    scrfd: `# a.jpg 99 99\n${all(corners).join('\n')}\n`,
    wider: `a.jpg\n4\n${all(wider).join('\n')}\n`,
  };
})();

test.each(Object.entries(withEmptyBox))(
  '%s: a box without an area is counted, and takes no landmarks with it',
  (format, text) => {
    const [image] = detectionFormats[format as DetectionFormatName].parse(text, 'labels');
    const nose = (at: number) => (format === 'wider' ? undefined : [at + 2, at + 2]);
    expect(image!.faces.map(({ box, landmarks }) => [box, landmarks?.[2]])).toEqual([
      [[10, 10, 14, 14], nose(10)],
      [[30, 30, 34, 34], nose(30)],
    ]);
    expect(image!.numEmpty).toBe(2);
  },
);

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

describe('categories of COCO', () => {
  const set = (categories: unknown, ids: unknown[]): string =>
    JSON.stringify({
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: ids.map((category_id, i) => ({ image_id: 1, bbox: [i, 0, 10, 10], category_id })),
      categories,
    });
  /** Which of the annotations are faces. */
  const facesOf = (text: string, category?: string): number[] =>
    parseCocoLabels(text, 'a.json', { category })[0]!.faces.map(({ box }) => box[0]);
  const of = (...names: string[]) => names.map((name, i) => ({ id: i + 1, name }));

  test('those called face are faces, whatever else was labelled', () => {
    expect(facesOf(set(of('person', 'face', 'car'), [1, 2, 1, 2, 3]))).toEqual([1, 3]);
    expect(facesOf(set(of('Person', 'Human face'), [2, 1]))).toEqual([0]);
    // an empty photo stays
    expect(facesOf(set(of('person', 'face'), [1, 1]))).toEqual([]);
  });

  test('the only one is, also where it is not written', () => {
    expect(facesOf(set(of('head'), [1, 1]))).toEqual([0, 1]);
    expect(facesOf(set(of('head'), [undefined, 1]))).toEqual([0, 1]);
    expect(facesOf(set(undefined, [undefined, undefined]))).toEqual([0, 1]);
    expect(facesOf(set([], [7, 7]))).toEqual([0, 1]);
  });

  test('where nothing tells, they are named, and one is chosen by name or number', () => {
    const text = set(of('person', 'head'), [1, 2, 2]);
    expect(() => facesOf(text)).toThrow(
      expect.objectContaining({
        code: 'DATA_INVALID',
        message: expect.stringMatching(/person, head.*--category/),
      }),
    );
    expect(facesOf(text, 'head')).toEqual([1, 2]);
    expect(facesOf(text, '1')).toEqual([0]);
    expect(() => facesOf(text, 'face')).toThrow('no category face: it has person, head');
    expect(() => facesOf(set(undefined, [1, 2]))).toThrow('categories 1, 2');
    expect(facesOf(set(undefined, [1, 2]), '2')).toEqual([1]);
  });

  test('other formats have none to choose', async () => {
    const file = join(root, 'label.txt');
    await writeFile(file, '# a.jpg\n1 2 3 4\n');
    await expect(readDetectionLabels(file, { category: 'face' })).rejects.toThrow('has no categories');
  });
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

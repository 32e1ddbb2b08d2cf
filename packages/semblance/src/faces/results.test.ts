import type { RecognizedFace } from '@semblance/face/pipeline';
import { expect, test } from 'vitest';
import {
  detectionJson,
  detectionTable,
  errorJson,
  recognitionCsv,
  recognitionJson,
  recognitionTable,
} from './results.ts';

const landmarks: [number, number][] = [
  [1, 2],
  [3, 4.005],
  [5, 6],
  [7, 8],
  [9, 10],
];
const known: RecognizedFace = {
  box: [1.23456, 2, 3, 4],
  score: 0.98765432,
  landmarks,
  quality: 0.5,
  match: { subject: 'Anna, B', similarity: 0.7123456789, falsePositiveRate: 0.000123456 },
  reason: null,
  threshold: 0.4,
  candidates: [
    { subject: 'Dora', similarity: 0.8, falsePositiveRate: 1e-12, isRefused: true },
    { subject: 'Anna, B', similarity: 0.7123456789, falsePositiveRate: 0.000123456 },
    { subject: 'Carl', similarity: 0.1 },
  ],
};
const unknown: RecognizedFace = {
  ...known,
  match: null,
  reason: 'below_threshold',
  candidates: [{ subject: 'Carl', similarity: 0.3 }],
};
const photo = { image: 'a/b.jpg', width: 10, height: 20 };

test('recognition as JSON has exactly the promised keys', () => {
  expect(JSON.parse(recognitionJson({ ...photo, faces: [known, unknown] }))).toEqual({
    image: 'a/b.jpg',
    width: 10,
    height: 20,
    faces: [
      {
        box: [1.23, 2, 3, 4],
        score: 0.987654,
        landmarks: [
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
          [9, 10],
        ],
        quality: 0.5,
        match: { subject: 'Anna, B', similarity: 0.712346, falsePositiveRate: 0.00012 },
        reason: null,
        threshold: 0.4,
        candidates: [
          { subject: 'Dora', similarity: 0.8, falsePositiveRate: 1e-12, isRefused: true },
          { subject: 'Anna, B', similarity: 0.712346, falsePositiveRate: 0.00012 },
          { subject: 'Carl', similarity: 0.1, falsePositiveRate: null },
        ],
      },
      expect.objectContaining({ match: null, reason: 'below_threshold', threshold: 0.4 }),
    ],
  });
});

test('detection as JSON is the same without a match', () => {
  const face = { box: known.box, score: 1, landmarks: null, quality: null };
  expect(detectionJson({ ...photo, faces: [face] })).toBe(
    '{"image":"a/b.jpg","width":10,"height":20,"faces":[{"box":[1.23,2,3,4],"score":1,"landmarks":null,"quality":null}]}',
  );
  expect(detectionTable({ ...photo, faces: [face] })).toEqual(['a/b.jpg  score 1.000  box 1,2,3,4']);
});

test('errors, CSV and tables', () => {
  expect(errorJson('x.jpg', { code: 'IMAGE_TRUNCATED', message: 'm' })).toBe(
    '{"image":"x.jpg","error":{"code":"IMAGE_TRUNCATED","message":"m"}}',
  );
  expect(recognitionCsv({ ...photo, faces: [known, unknown] })).toEqual([
    'a/b.jpg,"Anna, B"',
    'a/b.jpg,unknown_person',
  ]);
  expect(recognitionCsv({ ...photo, faces: [] })).toEqual(['a/b.jpg,no_persons_found']);
  expect(recognitionTable({ ...photo, faces: [known, unknown] })).toEqual([
    'a/b.jpg  Anna, B  similarity 0.712 (threshold 0.400, 1 in 8,100 strangers would score so high)  box 1,2,3,4',
    'a/b.jpg  unknown  below_threshold (nearest Carl 0.300, threshold 0.400)  box 1,2,3,4',
  ]);
  expect(recognitionTable({ ...photo, faces: [] })).toEqual(['a/b.jpg  no face']);
});

import { expect, test } from 'vitest';
import { parseReference, referenceText } from './reference.ts';

const sha = `sha256:${'0'.repeat(64)}`;

test.each([
  ['debian', 'docker.io/library/debian:latest'],
  ['nvidia/cuda:12.4.1-runtime-ubuntu22.04', 'docker.io/nvidia/cuda:12.4.1-runtime-ubuntu22.04'],
  ['localhost/a', 'localhost/a:latest'],
  ['127.0.0.1:5000/team/faces:1.0', '127.0.0.1:5000/team/faces:1.0'],
  ['registry.example.org/team/sub/faces', 'registry.example.org/team/sub/faces:latest'],
  [`registry.example.org:443/faces@${sha}`, `registry.example.org:443/faces:latest@${sha}`],
])('%s is %s', (text, whole) => {
  expect(referenceText(parseReference(text))).toBe(whole);
});

test.each([
  '',
  'Faces',
  'a//b',
  'a:',
  'a:b c',
  'https://registry.example.org/a',
  'registry.example.org/',
  'a@sha256:0',
  '../a',
])('%s is refused', (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'OCI_REFERENCE_INVALID' }));
});

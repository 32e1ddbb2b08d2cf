import { expect, test } from 'vitest';
import { FrameReader, frameOf } from './frames.ts';

/** What a reader makes of the frames of these messages, cut into pieces of so many bytes. */
function sendAll(messages: readonly unknown[], pieceBytes: number): unknown[] {
  const bytes = Buffer.concat(messages.flatMap(frameOf));
  const read: unknown[] = [];
  const reader = new FrameReader((message) => read.push(message));
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return read;
}

const messages = [
  { id: 1, method: 'find', payload: { bytes: new Uint8Array([1, 2, 3]), plan: {} } },
  { id: 2, value: [new Float32Array([0.5, -1]), new Uint8Array(0), new Float64Array([Math.PI])] },
  { cancel: 3 },
  { id: 4, value: undefined },
  { id: 5, value: { text: 'größer', big: 2n ** 70n, dates: [new Date(0)], map: new Map([['a', 1]]) } },
  { id: 6, value: [new BigInt64Array([-1n]), new Int16Array([-2, 3]), new DataView(new ArrayBuffer(3))] },
];

test.each([1, 2, 3, 7, 64, 100_000])('messages arrive whole and in order, in pieces of %i bytes', (size) => {
  expect(sendAll(messages, size)).toEqual(messages);
});

test('a part of a larger memory arrives alone, with memory of its own', () => {
  const large = new Float32Array([1, 2, 3, 4]);
  const [first, second] = sendAll([[large.subarray(1, 3), large]], 5)[0] as [Float32Array, Float32Array];
  expect([...first]).toEqual([2, 3]);
  expect(first.buffer.byteLength).toBe(8);
  expect(first.buffer).not.toBe(second.buffer);
});

test('arrays are sent from where they lie', () => {
  const pixels = new Uint8Array(1000);
  expect(frameOf({ pixels }).map((piece) => piece.buffer)[1]).toBe(pixels.buffer);
});

test('what cannot be copied is refused; what is no message is told', () => {
  expect(() => frameOf({ call: () => {} })).toThrow('could not be cloned');
  expect(() => frameOf(new WeakMap())).toThrow('could not be cloned');
  expect(() => new FrameReader(() => {}).push(Buffer.from([3, 0, 0, 0, 1, 2, 3]))).toThrow();
});

import type { Random } from '@semblance/core/random';
import { type WireRequest, wireBytes } from './request.ts';

/** Bytes that are no request, or more than one, or not all of one. `key` is one that may read. */
export function rawRequest(key: string, random: Random): WireRequest {
  const [what, make] = random.pick(Object.entries(kinds));
  const made = make(key, random);
  const bytes = Buffer.from(made.bytes as Uint8Array | string as string, 'latin1');
  const cuts = random.chance(0.3) ? [random.int(1, Math.max(1, bytes.length - 1))] : [];
  return { what: `raw: ${what}`, cuts, end: made.mayBeSilent ? 'half-close' : 'wait', ...made, bytes };
}

type Made = Omit<WireRequest, 'bytes' | 'what'> & { bytes: string | Uint8Array };
type Kind = (key: string, random: Random) => Made;

const recognize = '/api/v1/recognition/recognize';
const post = (key: string, ...lines: string[]): string =>
  `${[`POST ${recognize} HTTP/1.1`, 'host: x', `x-api-key: ${key}`, ...lines].join('\r\n')}\r\n\r\n`;
const json = 'content-type: application/json';
const live = 'GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n';
const last = live.replace('host', 'connection: close\r\nhost');

const kinds: Readonly<Record<string, Kind>> = {
  'half a head': (key, random) => {
    const whole = post(key, json);
    return { bytes: whole.slice(0, random.int(1, whole.length - 3)), mayBeSilent: true };
  },
  'half a body': (key) => ({
    bytes: `${post(key, json, 'content-length: 1000')}{"file":"`,
    mayBeSilent: true,
  }),
  'half a body, and gone': (key) => ({
    bytes: `${post(key, json, 'content-length: 1000')}{"file":"`,
    end: 'leave',
  }),
  'half a form': (key) => ({
    bytes: `${post(key, 'content-type: multipart/form-data; boundary=b', 'content-length: 1000')}--b\r\ncontent-disp`,
    mayBeSilent: true,
  }),
  'nothing at all': () => ({ bytes: '', mayBeSilent: true }),
  'a length that is none': (key, random) => ({
    bytes: `${post(key, json, `content-length: ${random.pick(['-1', 'x', '1e3', '0x10', '+5', '99999999999999999999', '5, 5', ''])}`)}{}`,
    mayBeSilent: true,
  }),
  'two lengths': (key) => ({ bytes: `${post(key, json, 'content-length: 2', 'content-length: 3')}{}1` }),
  'a length and chunks': (key) => ({
    bytes: `${post(key, json, 'content-length: 4', 'transfer-encoding: chunked')}0\r\n\r\n${live}`,
    mayBeSilent: true,
  }),
  'chunks spelled oddly': (key, random) => ({
    bytes: `${post(key, json, random.pick(['transfer-encoding: xchunked', 'transfer-encoding : chunked', 'transfer-encoding: chunked, identity', 'transfer-encoding:\tchunked', 'transfer-encoding: identity']))}2\r\n{}\r\n0\r\n\r\n`,
    mayBeSilent: true,
  }),
  'damaged chunks': (key, random) => ({
    bytes: `${post(key, json, 'transfer-encoding: chunked')}${random.pick(['zz\r\n{}', '-1\r\n{}', 'ffffffffffffffff\r\n', '2\n{}\n0\n\n', '2;x="\r\n{}\r\n0\r\n\r\n', `2;${'e'.repeat(20_000)}\r\n{}`, '2\r\n{}0\r\n\r\n', '0\r\na: b\r\n: c\r\n\r\n'])}`,
    mayBeSilent: true,
  }),
  'many small chunks': (key) => ({
    bytes: `${post(key, json, 'transfer-encoding: chunked', 'connection: close')}${'1\r\n \r\n'.repeat(20_000)}0\r\n\r\n`,
  }),
  trailers: (key) => ({
    bytes: `${post(key, json, 'transfer-encoding: chunked', 'trailer: x-api-key', 'connection: close')}2\r\n{}\r\n0\r\nx-api-key: z\r\n\r\n`,
  }),
  'several in a row': (_, random) => ({ bytes: live.repeat(random.int(1, 200)) + last }),
  'several in a row, one of them wrong': (key) => ({
    bytes: `${live}${post(key, json, 'content-length: 2')}{}${live}nonsense\r\n\r\n${live}`,
  }),
  'a body where none is': () => ({
    bytes: `GET /health/live HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nabcde${last}`,
  }),
  'many headers': (key, random) => ({
    bytes: post(
      key,
      ...Array.from({ length: random.pick([100, 3000]) }, (_, i) => `x-${i}: ${random.pick(['a', 'b'])}`),
    ),
    mayBeSilent: true,
  }),
  'a header without end': (key) => ({
    bytes: `${post(key, json).slice(0, -2)}x: ${'y'.repeat(100_000)}`,
    mayBeSilent: true,
  }),
  'an address without end': () => ({
    bytes: `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    mayBeSilent: true,
  }),
  'folded and bare lines': (key, random) => ({
    bytes: post(
      key,
      random.pick([
        'x: a\r\n b',
        ': a',
        'no colon',
        'x\0: a',
        'x: a\rb',
        'x: a\nb: c',
        ' x: a',
        'x y: z',
        'x: \x01\x7f',
      ]),
    ),
    mayBeSilent: true,
  }),
  'lines without return': () => ({ bytes: 'GET /health/live HTTP/1.1\nhost: x\n\n', mayBeSilent: true }),
  'no host': () => ({ bytes: 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n' }),
  'two hosts': () => ({
    bytes: 'GET /health/live HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n',
  }),
  'an older protocol': (_, random) => ({
    bytes: random.pick([
      'GET /health/live HTTP/1.0\r\n\r\n',
      'GET /health/live\r\n\r\n',
      'GET /health/live HTTP/0.9\r\n\r\n',
      'GET /health/live HTTP/9.9\r\n\r\n',
    ]),
    mayBeSilent: true,
  }),
  'the beginning of HTTP/2': () => ({
    bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
    mayBeSilent: true,
  }),
  'a TLS hello': () => ({
    bytes: Buffer.from(
      '16030100a5010000a10303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
      'hex',
    ),
    mayBeSilent: true,
  }),
  SSH: () => ({ bytes: 'SSH-2.0-OpenSSH_9.2\r\n', mayBeSilent: true }),
  'a tunnel': () => ({
    bytes: 'CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n',
    mayBeSilent: true,
  }),
  'an upgrade': () => ({
    bytes:
      'GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n',
    mayBeSilent: true,
  }),
  'an expectation': (key) => ({
    bytes: `${post(key, json, 'expect: 100-continue', 'content-length: 2', 'connection: close')}{}`,
  }),
  noise: (_, random) => ({
    bytes: Uint8Array.from({ length: random.int(1, 500) }, () => random.int(0, 255)),
    mayBeSilent: true,
  }),
  'a damaged request': (key, random) => {
    const whole = wireBytes({
      method: 'GET',
      target: '/api/v1/recognition/faces?page=1',
      headers: [['x-api-key', key]],
    });
    for (let n = random.int(1, 5); n > 0; n--) whole[random.int(0, whole.length - 1)] = random.int(0, 255);
    return { bytes: whole, mayBeSilent: true };
  },
};

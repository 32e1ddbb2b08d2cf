import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { Random } from '@semblance/core/random';
import sharp from 'sharp';
import { mutate, soundImages } from '../../../packages/face/src/testing/fuzz-images.ts';
import { photo, pictureForm } from '../fixtures.ts';

/** Whom an attacker attacks, and with which key. */
export interface AttackOn {
  url: string;
  key: string;
}

/** Does harm once; gives the status it was answered with, 0 where it went before. */
export type Attack = (on: AttackOn, i: number) => Promise<number>;

const recognize = '/api/v1/recognition/recognize';

async function post({ url, key }: AttackOn, path: string, body: RequestInit['body'], init: RequestInit = {}) {
  const headers = { 'x-api-key': key, ...(init.headers as Record<string, string>) };
  const reply = await fetch(url + path, { ...init, method: 'POST', body: body as never, headers });
  await reply.arrayBuffer();
  return reply.status;
}

function sendPicture(on: AttackOn, bytes: Uint8Array, query = '', init: RequestInit = {}): Promise<number> {
  return post(on, recognize + query, pictureForm(bytes), init);
}

const flat = (width: number, height: number): Promise<Uint8Array> =>
  sharp({ create: { width, height, channels: 3, background: 'red' }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** A PNG whose head claims a size; there are no pixels behind it. */
export async function claimingPng(width: number, height: number): Promise<Uint8Array> {
  const bytes = Buffer.from(await flat(8, 8));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** 15 MB of JSON for the detector, which would be answered with 300 MB. */
export const largeInfer = (): string =>
  `{"inputs":[{"name":"input","shape":[1,3,1000,1000],"datatype":"FP32","data":[${'0.5,'.repeat(3_700_000)}0.5]}]}`;

/** Everything at which the service once stood still, each with how many do it at a time. */
export async function attacks(): Promise<
  Record<string, { attack: Attack; parallel: number; pauseMs: number }>
> {
  const noise = await sharp(randomBytes(640 * 480 * 3), { raw: { width: 640, height: 480, channels: 3 } })
    .jpeg()
    .toBuffer();
  const [tall, bomb, largest] = [
    await claimingPng(1, 49_000_000),
    await flat(12_000, 12_000),
    await flat(7000, 7000),
  ];
  const large = largeInfer();
  const sound = await soundImages();
  const ada = await photo(['ada']);
  const every = (parallel: number, pauseMs: number, attack: Attack) => ({ attack, parallel, pauseMs });
  return {
    'every box a face': every(4, 0, (on) => sendPicture(on, noise, '?det_prob_threshold=0')),
    '15 MB of JSON': every(2, 200, (on) =>
      post(on, '/v2/models/detector/infer', large, { headers: { 'content-type': 'application/json' } }),
    ),
    'a strip of 49 million pixels': every(1, 50, (on) => sendPicture(on, tall)),
    bombs: every(1, 100, (on) => sendPicture(on, bomb)),
    'the largest picture': every(1, 500, (on) => sendPicture(on, largest)),
    'broken pictures': every(2, 20, (on, i) => sendPicture(on, mutate(sound, i))),
    'gone in the middle': every(4, 20, async (on, i) => {
      const signal = AbortSignal.timeout(new Random(i).int(1, 60));
      await sendPicture(on, ada, '?det_prob_threshold=0', { signal }).catch(() => 0);
      return 0;
    }),
    'keys that are guessed': every(2, 10, ({ url }, i) => {
      const key = `smb_${String(i).padStart(12, '0')}_${'A'.repeat(43)}`;
      return sendPicture({ url, key }, ada);
    }),
    'bodies that do not end': every(64, 0, slowBody),
  };
}

/** Sends a byte now and then, for five seconds. */
async function slowBody({ url, key }: AttackOn): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let isOver = false;
  socket.on('error', () => {});
  socket.on('data', () => socket.destroy());
  socket.on('close', () => (isOver = true));
  const head = [`POST ${recognize} HTTP/1.1`, 'host: x', `x-api-key: ${key}`, 'content-length: 100000'];
  socket.write(`${head.join('\r\n')}\r\ncontent-type: multipart/form-data; boundary=b\r\n\r\n--b\r\n`);
  for (let i = 0; i < 10 && !isOver; i++) {
    await sleep(500);
    if (!isOver) socket.write('x');
  }
  socket.destroy();
  return 0;
}

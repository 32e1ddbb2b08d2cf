import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gallery } from '../../packages/face/src/gallery/gallery.ts';
import { encodePng } from '../../packages/face/src/image/encode.ts';
import { createImage } from '../../packages/face/src/image/image.ts';
import { importOnnx } from '../../packages/face/src/models/import.ts';
import { loadRecognizer } from '../../packages/face/src/models/load.ts';
import { tinyDetector, tinyRecognizer } from '../../packages/face/src/testing/tiny-models.ts';
import { type OpenOptions, type OpenService, openService } from '../../packages/serve/src/http/start.ts';
import type { ServeSettings } from '../../packages/serve/src/settings.ts';
import { type ApiDocument, requireDeclared } from './declared.ts';

export type Rgb = [number, number, number];

/** People whose faces are white squares between four colours. */
export const people: Record<string, [Rgb, Rgb, Rgb, Rgb]> = {
  ada: [
    [200, 30, 30],
    [30, 200, 30],
    [30, 30, 200],
    [20, 20, 20],
  ],
  bob: [
    [30, 30, 200],
    [20, 20, 20],
    [200, 30, 30],
    [30, 200, 30],
  ],
  eve: [
    [20, 200, 200],
    [200, 20, 200],
    [20, 20, 20],
    [200, 200, 20],
  ],
};

/** A picture of these people, as PNG, of `least` pixels in height; `shade` makes photos of one person differ. */
export async function photo(names: readonly string[], shade = 0, least = 64): Promise<Uint8Array> {
  const image = createImage(Math.max(least, 64 * names.length), least, [10, 10, 10]);
  const set = (x: number, y: number, rgb: Rgb) => image.data.set(rgb, 3 * (y * image.width + x));
  for (const [i, name] of names.entries()) {
    const [cx, cy] = [64 * i + 36, 36];
    for (let y = cy - 20; y < cy + 20; y++) {
      for (let x = cx - 20; x < cx + 20; x++) {
        const colour = people[name]![(y < cy ? 0 : 2) + (x < cx ? 0 : 1)]!;
        set(x, y, colour.map((value) => Math.max(0, Math.min(255, value + shade))) as Rgb);
      }
    }
    for (let y = cy - 4; y < cy + 4; y++) for (let x = cx - 4; x < cx + 4; x++) set(x, y, [255, 255, 255]);
  }
  return encodePng(image);
}

/** A picture as clients send it. */
export function pictureForm(bytes: Uint8Array): FormData {
  const form = new FormData();
  form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'a.png');
  return form;
}

export interface Fixture {
  root: string;
  detector: string;
  recognizer: string;
  /** Another recognizer of the same architecture: its embeddings cannot be compared with the first one's. */
  otherRecognizer: string;
  /** An empty gallery of the first recognizer. */
  newGallery(): Promise<string>;
  /** A service that keeps to our own contract, unless it is told otherwise. */
  start(options?: Partial<OpenOptions>): Promise<Running>;
  remove(): Promise<void>;
}

export interface Running extends OpenService {
  key: string;
  lines: string[];
  /** Calls the service; a body that is bytes goes as the part `file` of a form, another one as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  stop(): Promise<void>;
}

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer
  json: any;
  text: string;
}

export const smallSettings: ServeSettings = {
  ...{ pictureWorkers: 1, networkThreads: 1, maxBatch: 8, maxWaitMs: 3 },
  ...{ maxPixels: 1_000_000, maxFaces: 100, maxWorkMs: 30_000 },
};

/** Real models, as small as they come, for a service on a port of its own. */
export async function createFixture(): Promise<Fixture> {
  const root = await mkdtemp(join(tmpdir(), 'semblance-service-'));
  const path = (name: string) => join(root, name);
  await writeFile(path('detector.onnx'), tinyDetector());
  await writeFile(path('recognizer.onnx'), tinyRecognizer());
  const models = [
    ['detector.onnx', 'scrfd', 'detector'],
    ['recognizer.onnx', 'arcface-insightface', 'recognizer'],
    ['recognizer.onnx', 'mobilefacenet-foamliu', 'other'],
  ] as const;
  for (const [file, dialect, out] of models) {
    const conventions = dialect === 'scrfd' ? { conventions: { anchorsPerCell: 1 } } : {};
    await importOnnx({ file: path(file), dialect, out: path(out), ...conventions });
  }
  let counter = 0;
  const { id: modelId, embeddingSize } = await loadRecognizer(path('recognizer'));

  async function newGallery(): Promise<string> {
    const folder = path(`gallery-${counter++}`);
    const gallery = await Gallery.create(folder, { modelId, embeddingSize, threshold: 0.9 });
    await gallery.close();
    return folder;
  }

  async function start(options: Partial<OpenOptions> = {}): Promise<Running> {
    const lines: string[] = [];
    const stateDir = options.stateDir ?? path(`state-${counter++}`);
    await mkdir(stateDir, { recursive: true });
    const running = await openService({
      ...{ host: '127.0.0.1', port: 0, detect: {}, stateDir, compat: 'none' },
      settings: smallSettings,
      limits: { maxBodyBytes: 2_000_000, maxInFlight: 64, maxInFlightPerKey: 64, perSecond: 0, burst: 1 },
      start: {
        name: 'start',
        detector: path('detector'),
        recognizer: path('recognizer'),
        gallery: await newGallery(),
      },
      say: (line) => void lines.push(line),
      ...options,
    });
    const key = running.firstKey ?? '';
    let document: Promise<ApiDocument> | undefined;
    async function call(method: string, to: string, body?: unknown, headers: Record<string, string> = {}) {
      const init: RequestInit = { method, headers: { 'x-api-key': key, ...headers } };
      if (body instanceof Uint8Array) {
        init.body = pictureForm(body);
      } else if (body instanceof FormData || typeof body === 'string') init.body = body;
      else if (body !== undefined) {
        init.body = JSON.stringify(body);
        (init.headers as Record<string, string>)['content-type'] = 'application/json';
      }
      const reply = await fetch(running.url + to, init);
      const text = await reply.text();
      const isJson = reply.headers.get('content-type')?.includes('json') ?? false;
      const json = isJson ? JSON.parse(text) : null;
      if (reply.status >= 400) {
        document ??= (await fetch(`${running.url}/openapi.json`)).json() as Promise<ApiDocument>;
        requireDeclared(await document, { method, path: to, status: reply.status, json });
      }
      return { status: reply.status, headers: reply.headers, json, text };
    }
    return { ...running, key, lines, call, stop: async () => void (await running.drain(10_000)) };
  }

  return {
    ...{ root, newGallery, start },
    detector: path('detector'),
    recognizer: path('recognizer'),
    otherRecognizer: path('other'),
    // what ends may still write
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  };
}

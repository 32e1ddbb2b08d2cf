/**
 * The packages one would otherwise take in Node.js, kept outside of the project: installed by npm into a folder of the
 * temporary directory the first time, in pinned versions, and loaded from there.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Image } from '@semblance/face/image';

const dependencies = {
  '@vladmandic/human': '3.3.6',
  '@vladmandic/face-api': '1.7.15',
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
};

/** Finds and embeds the faces of a decoded photo; gives the number of embeddings. */
export type FaceSystem = (image: Image) => Promise<number>;

const dir = join(tmpdir(), 'semblance-bench-detector');
const require = createRequire(join(dir, 'package.json'));
const packageDir = (name: string) => join(dir, 'node_modules', name);
const wasmDir = `${packageDir('@tensorflow/tfjs-backend-wasm')}/dist/`;

/** Installs the others' packages where they are not installed yet. */
export function installOthers(): void {
  if (Object.keys(dependencies).every((name) => existsSync(packageDir(name)))) return;
  console.log(`installing ${Object.keys(dependencies).join(', ')} into ${dir}`);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const options = ['--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', ['install', ...options], { cwd: dir, stdio: 'inherit' });
}

// biome-ignore-start lint/suspicious/noExplicitAny: packages that are not installed while types are checked
type Package = any;

/** BlazeFace, mesh and faceres' description: what its documentation asks for to compare faces. */
export async function loadHuman(): Promise<FaceSystem> {
  const modelDir = join(packageDir('@vladmandic/human'), 'models');
  const { Human }: Package = require(join(modelDir, '..', 'dist', 'human.node-wasm.js'));
  const off = { enabled: false };
  // Its WebAssembly build fetches models, and Node.js fetches no files.
  const server = createServer((request, response) => {
    readFile(join(modelDir, basename(request.url ?? ''))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const human = new Human({
    backend: 'wasm',
    wasmPath: wasmDir,
    modelBasePath: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    debug: false,
    cacheSensitivity: 0,
    filter: off,
    body: off,
    hand: off,
    object: off,
    gesture: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { maxDetected: 50, rotation: true },
      mesh: { enabled: true },
      description: { enabled: true },
      iris: off,
      emotion: off,
      antispoof: off,
      liveness: off,
    },
  });
  await human.init();
  await human.load();
  server.closeAllConnections();
  server.close();
  return async ({ data, width, height }) => {
    const tensor = human.tf.tensor3d(data, [height, width, 3], 'int32');
    try {
      const { face }: Package = await human.detect(tensor);
      return face.filter(({ embedding }: Package) => embedding?.length > 0).length;
    } finally {
      human.tf.dispose(tensor);
    }
  };
}

/** Detector, 68 landmarks and dlib's ResNet descriptor; the name says which detector: `tiny 416`, `tiny 640` or `SSD`. */
export async function loadFaceApi(name: string): Promise<FaceSystem> {
  const tf: Package = require('@tensorflow/tfjs');
  const wasm: Package = require('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(wasmDir);
  await tf.setBackend('wasm');
  await tf.ready();
  const modelDir = join(packageDir('@vladmandic/face-api'), 'model');
  const faceapi: Package = require(join(modelDir, '..', 'dist', 'face-api.node-wasm.js'));
  const isTiny = name.includes('tiny');
  const nets = [isTiny ? 'tinyFaceDetector' : 'ssdMobilenetv1', 'faceLandmark68Net', 'faceRecognitionNet'];
  for (const net of nets) await faceapi.nets[net].loadFromDisk(modelDir);
  const options = isTiny
    ? new faceapi.TinyFaceDetectorOptions({ inputSize: Number(name.split(' ').at(-1)) })
    : new faceapi.SsdMobilenetv1Options({ minConfidence: 0.5, maxResults: 50 });
  return async ({ data, width, height }) => {
    const tensor = tf.tensor3d(data, [height, width, 3], 'int32');
    try {
      const faces = await faceapi.detectAllFaces(tensor, options).withFaceLandmarks().withFaceDescriptors();
      return faces.length;
    } finally {
      tf.dispose(tensor);
    }
  };
}
// biome-ignore-end lint/suspicious/noExplicitAny: see above

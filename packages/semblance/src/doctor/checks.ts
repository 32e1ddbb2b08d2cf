import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { broken, type Check, type Finding, limited, ok } from './check.ts';
import { blas, trainingEngine } from './engine.ts';
import { jobStore } from './jobs.ts';
import { objectStorage, service } from './serving.ts';

const GIB = 2 ** 30;
const REINSTALL = 'ONNXRUNTIME_NODE_INSTALL=skip npm ci';
const LEAST_NODE = [22, 18] as const;

/** An ONNX model of one operator, Identity, that takes and gives one float. */
const IDENTITY_MODEL =
  'CAhCBAoAEBE6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAE=';

const nodeVersion: Check = {
  name: 'Node.js',
  async run() {
    const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
    if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]))
      return ok(process.version);
    return broken(
      `${process.version} is older than ${LEAST_NODE.join('.')}`,
      'npm ci && scripts/semblance doctor',
    );
  },
};

const images: Check = {
  name: 'images (sharp)',
  run: () =>
    attempt(REINSTALL, async () => {
      const { createImage, decodeImage, encodeJpeg } = await import('@semblance/face/image');
      const { width, height } = await decodeImage(await encodeJpeg(createImage(16, 8)));
      return width === 16 && height === 8 ? ok('encodes and decodes') : broken('decodes wrongly', REINSTALL);
    }),
};

const inference: Check = {
  name: 'inference (ONNX Runtime)',
  run: () =>
    attempt(REINSTALL, async () => {
      const { openSession } = await import('@semblance/face/models');
      const session = await openSession(Buffer.from(IDENTITY_MODEL, 'base64'));
      const { y } = await session.run(Float32Array.of(42), [1]);
      await session.close();
      return y?.[0] === 42 ? ok('runs models') : broken('computes wrongly', REINSTALL);
    }),
};

const search: Check = {
  name: 'search (gallery index)',
  run: () =>
    attempt(REINSTALL, async () => {
      const { createExactIndex } = await import('@semblance/face/gallery');
      const index = createExactIndex(2);
      index.add(1, Float32Array.of(1, 0));
      index.add(2, Float32Array.of(0, 1));
      const [best] = index.search(Float32Array.of(0, 1), 1);
      return best?.id === 2 ? ok('finds') : broken('finds wrongly', REINSTALL);
    }),
};

const database: Check = {
  name: 'galleries (SQLite)',
  run: () =>
    attempt('npm ci && scripts/semblance doctor', async () => {
      const { DatabaseSync } = await import('node:sqlite');
      const db = new DatabaseSync(':memory:');
      const version = db.prepare('SELECT sqlite_version() AS version').get()?.version;
      db.close();
      return ok(`SQLite ${version}`);
    }),
};

const machine: Check = {
  name: 'machine',
  async run() {
    const memory = `${(totalmem() / GIB).toFixed(1)} GiB of memory, ${(freemem() / GIB).toFixed(1)} free`;
    const detail = `${availableParallelism()} cores, ${memory}`;
    return totalmem() < 3.5 * GIB ? limited(`${detail}: too little to train with`) : ok(detail);
  },
};

const disk: Check = {
  name: 'disk space here',
  async run() {
    const { bavail, bsize } = await statfs('.');
    const free = bavail * bsize;
    const detail = `${(free / GIB).toFixed(1)} GiB free`;
    return free < 2 * GIB ? limited(`${detail}: models and checkpoints may not fit`, 'df -h .') : ok(detail);
  },
};

/** What `doctor` looks at, in this order: adding a check is adding one here. */
export const checks: readonly Check[] = [
  nodeVersion,
  images,
  inference,
  search,
  database,
  trainingEngine,
  blas,
  jobStore,
  service,
  objectStorage,
  machine,
  disk,
];

async function attempt(mend: string, action: () => Promise<Finding>): Promise<Finding> {
  try {
    return await action();
  } catch (error) {
    return broken(error instanceof Error ? error.message.split('\n')[0]! : String(error), mend);
  }
}

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@semblance/core/random';
import { describe, expect, it } from 'vitest';
import { Tensor, TorchError } from '../index.ts';
import { dict, floats, int, list, storage, tensor, zipFile } from '../testing/torch-files.ts';
import { loadTorchFile } from './index.ts';
import { readTorchFile } from './torch-file.ts';

const error = (code: string) => expect.objectContaining({ name: 'TorchError', code });

describe('loadTorchFile', () => {
  it('gives tensors, shares what is shared, and refuses what is too deep', () => {
    const folder = mkdtempSync(join(tmpdir(), 'torch-file-'));
    const path = join(folder, 'x.pth');
    const save = (content: string) => writeFileSync(path, zipFile(content, { 0: floats(1, 2, 3, 4) }));
    save(
      dict({
        w: `${tensor(storage('FloatStorage', '0', 4), 0, [2, 2], [1, 2])}q\x01`,
        again: list('h\x01', int(5)),
      }),
    );
    const state = loadTorchFile(path) as Map<string, Tensor & unknown[]>;
    expect(state.get('w')).toBeInstanceOf(Tensor);
    expect(state.get('w')!.toArray()).toEqual(Float32Array.of(1, 3, 2, 4));
    expect(state.get('again')).toEqual([state.get('w'), 5]);
    expect(state.get('again')![0]).toBe(state.get('w'));
    save(`${'('.repeat(5000)}${'t'.repeat(5000)}`);
    expect(() => loadTorchFile(path)).toThrow(error('PICKLE_LIMIT'));
    rmSync(folder, { recursive: true });
  });

  it('says when there is no file', () => {
    expect(() => loadTorchFile('/no/such/file.pth')).toThrow(error('FILE_NOT_FOUND'));
    expect(() => loadTorchFile(tmpdir())).toThrow(error('FILE_UNREADABLE'));
  });
});

const dataFolder =
  process.env.SEMBLANCE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const weights = join(dataFolder, 'weights');

describe.skipIf(!existsSync(weights))(`published weights (set SEMBLANCE_DATA; looked in ${weights})`, () => {
  const sumOf = (state: Map<string, Tensor>) => {
    let parameters = 0;
    for (const [name, t] of state) if (!/running_|num_batches/.test(name)) parameters += t.numel;
    return parameters;
  };

  it('legacy: RetinaFace-MobileNet0.25 has its 426,608 parameters', () => {
    for (const file of ['retinaface-mnet025.pth', 'retinaface-mnet025-1mb-variant.pth']) {
      const state = loadTorchFile(join(weights, file)) as Map<string, Tensor>;
      expect(state.get('body.stage1.0.0.weight')!.shape).toEqual([8, 3, 3, 3]);
      expect(sumOf(state)).toBe(426_608);
      for (const t of state.values())
        if (t.dtype === 'float32') expect((t.toArray() as Float32Array).every(Number.isFinite)).toBe(true);
    }
  });

  it('legacy: MobileFaceNet, saved on a GPU', () => {
    const state = loadTorchFile(join(weights, 'mobilefacenet.pt')) as Map<string, Tensor>;
    expect(state.size).toBe(307);
    expect(state.get('conv1.0.weight')!.shape).toEqual([64, 3, 3, 3]);
  });

  it('zip: a whole checkpoint of YuNet', () => {
    const checkpoint = loadTorchFile(join(weights, 'yunet_n.pth')) as Map<string, Map<string, unknown>>;
    expect([...checkpoint.keys()]).toEqual(['meta', 'state_dict', 'optimizer']);
    expect(checkpoint.get('meta')!.get('epoch')).toBe(560);
    const state = checkpoint.get('state_dict') as Map<string, Tensor>;
    expect([...state.values()].every((t) => t instanceof Tensor)).toBe(true);
  });

  it('damaged: a TorchError or data', () => {
    const original = readFileSync(join(weights, 'retinaface-mnet025.pth'));
    const stream = new Random(5);
    const random = (n: number) => stream.below(n);
    for (let i = 0; i < 60; i++) {
      const damaged = Uint8Array.from(original);
      for (let k = 0; k < 3; k++) damaged[random(54_000)] = random(256);
      try {
        readTorchFile(damaged);
      } catch (e) {
        if (!(e instanceof TorchError)) throw e;
      }
    }
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arange, type Tensor } from '../index.ts';
import { loadSafetensors, saveSafetensors, saveShardedSafetensors } from './index.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shards-'));
  path = join(folder, 'model.safetensors');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** a 400, b 400, c 1600, d 8 and e 50 bytes. */
const tensors = (start = 0): Map<string, Tensor> =>
  new Map([
    ['a', arange(start, start + 100).to('float32')],
    ['b', arange(start, start + 100).to('float32')],
    ['c', arange(start, start + 400).to('float32')],
    ['d', arange(start, start + 1).to('int64')],
    ['e', arange(start, start + 25).to('bfloat16')],
  ]);
const code = (fn: () => unknown): string | undefined => {
  try {
    fn();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};

describe('saveShardedSafetensors', () => {
  test('splits by size, as Hugging Face names it, and reads whole again', () => {
    const written = saveShardedSafetensors(path, tensors(), { format: 'pt' }, { maxShardBytes: 1000 });
    expect(written.map((file) => file.slice(folder.length + 1))).toEqual([
      'model-00001-of-00003.safetensors',
      'model-00002-of-00003.safetensors',
      'model-00003-of-00003.safetensors',
      'model.safetensors.index.json',
    ]);
    const index = JSON.parse(readFileSync(`${path}.index.json`, 'utf8'));
    expect(index.metadata.total_size).toBe(400 + 400 + 1600 + 8 + 50);
    expect(index.weight_map).toEqual({
      a: 'model-00001-of-00003.safetensors',
      b: 'model-00001-of-00003.safetensors',
      c: 'model-00002-of-00003.safetensors',
      d: 'model-00003-of-00003.safetensors',
      e: 'model-00003-of-00003.safetensors',
    });
    for (const from of [path, `${path}.index.json`]) {
      const back = loadSafetensors(from);
      expect(back.metadata).toEqual({ format: 'pt' });
      for (const [name, tensor] of tensors())
        expect(back.tensors.get(name)!.toArray()).toEqual(tensor.toArray());
      expect(back.tensors.size).toBe(5);
    }
  });

  test('writes one file where all fits, and either form replaces the other', () => {
    expect(saveShardedSafetensors(path, tensors(), {}, { maxShardBytes: 2458 })).toEqual([path]);
    expect(readdirSync(folder)).toEqual(['model.safetensors']);
    saveShardedSafetensors(path, tensors(7), {}, { maxShardBytes: 2457 });
    expect(existsSync(path)).toBe(false);
    expect(loadSafetensors(path).tensors.get('a')!.toArray()[0]).toBe(7);
    saveShardedSafetensors(path, tensors(9));
    expect(existsSync(`${path}.index.json`)).toBe(false);
    expect(loadSafetensors(path).tensors.get('a')!.toArray()[0]).toBe(9);
  });

  test('refuses shards that do not belong together', () => {
    saveShardedSafetensors(path, tensors(), {}, { maxShardBytes: 1000 });
    const first = join(folder, 'model-00001-of-00003.safetensors');
    const old = readFileSync(first);
    saveShardedSafetensors(path, tensors(1), {}, { maxShardBytes: 1000 });
    writeFileSync(first, old);
    expect(() => loadSafetensors(path)).toThrow('another save');
    rmSync(first);
    expect(code(() => loadSafetensors(path))).toBe('FILE_NOT_FOUND');
  });

  test('reads an index that others wrote, and refuses one that leads away or says what is not so', () => {
    saveSafetensors(join(folder, 'one.safetensors'), new Map([['a', tensors().get('a')!]]));
    const write = (value: unknown) =>
      writeFileSync(`${path}.index.json`, typeof value === 'string' ? value : JSON.stringify(value));
    write({ metadata: { total_size: 400 }, weight_map: { a: 'one.safetensors' } });
    expect([...loadSafetensors(path).tensors.keys()]).toEqual(['a']);
    for (const bad of [
      '{',
      '[]',
      'null',
      { weight_map: { a: '../one.safetensors' } },
      { weight_map: { a: 5 } },
      { weight_map: { a: 'one.safetensors', b: 'one.safetensors' } },
    ]) {
      write(bad);
      expect(code(() => loadSafetensors(path))).toBe('SAFETENSORS_INVALID');
    }
    expect(code(() => loadSafetensors(join(folder, 'no.safetensors')))).toBe('FILE_NOT_FOUND');
    expect(code(() => loadSafetensors(join(folder, 'no.index.json')))).toBe('FILE_NOT_FOUND');
    expect(code(() => saveShardedSafetensors(path, tensors(), {}, { maxShardBytes: 0 }))).toBe(
      'TORCH_BAD_ARGUMENT',
    );
  });
});

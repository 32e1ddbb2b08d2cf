import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialects } from '../dialects.ts';
import { readCatalogue } from './catalogue.ts';
import { type CatalogueEntry, parseCatalogue } from './entry.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const entry: CatalogueEntry = {
  name: 'gate',
  summary: 'ours',
  file: { url: 'https://files.example/gate.onnx', sha256: 'a'.repeat(64) },
  license: { name: 'internal', trainedOn: 'our photos' },
  models: [{ task: 'detection', dialect: 'scrfd' }],
};

test('the published models are valid entries, each name once, each dialect known', async () => {
  const entries = await readCatalogue({});
  expect(parseCatalogue({ format: 'semblance-catalogue/1', models: entries }, 'the table')).toEqual(entries);
  expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  for (const { dialect, task } of entries.flatMap(({ models }) => models))
    expect(dialects[dialect]?.task).toBe(task);
  expect(entries.find(({ name }) => name === 'buffalo-l')!.license.restriction).toContain('non-commercial');
});

test('a catalogue of one’s own adds to it, and replaces nobody', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'catalogue-'));
  const path = join(dir, 'own.json');
  const write = (models: unknown[]) =>
    writeFile(path, JSON.stringify({ format: 'semblance-catalogue/1', models }));
  const own = { SEMBLANCE_MODEL_CATALOGUE: path };
  await write([entry]);
  expect((await readCatalogue(own)).at(-1)).toEqual(entry);
  await write([{ ...entry, name: 'yunet' }]);
  await expect(readCatalogue(own)).rejects.toThrow('the name yunet is already taken');
  await write([{ ...entry, name: '../gate' }]);
  await expect(readCatalogue(own)).rejects.toEqual(code('DATA_INVALID'));
  await write([{ ...entry, file: { ...entry.file, sha256: 'abc' } }]);
  await expect(readCatalogue(own)).rejects.toThrow('64 hexadecimal digits');
  await write([{ ...entry, models: [...entry.models, ...entry.models] }]);
  await expect(readCatalogue(own)).rejects.toThrow('two models of one task');
  const recognizer = { task: 'recognition', dialect: 'sface' };
  await write([{ ...entry, models: [...entry.models, recognizer] }]);
  await expect(readCatalogue(own)).rejects.toThrow('the member of its archive');
  await rm(dir, { recursive: true });
  await expect(readCatalogue(own)).rejects.toEqual(code('PATH_NOT_FOUND'));
});

/**
 * Speed of a gallery at size beside FAISS and USearch, in one run: each part is a process of its own, one after the
 * other, over the same vectors.
 *
 *   node bench/gallery.ts [--rows 100000] [--dimensions 512] [--hnsw-rows 100000] [--parts faiss,index,…] [--json FILE]
 *
 * FAISS is Debian's `python3-faiss`. Vectors are unit length, of people with five photos each: a person's photos are
 * alike by 0.6 on average, strangers by 0. Queries are further photos of them. Truth is what comparing all in float64
 * finds. `encrypted:enrol` and the like do the same in a gallery that is encrypted. A million rows of 512 numbers take 2 GB on the disk for the vectors and 5 GB for the gallery.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Facts, type PartName, parts } from './gallery/parts.ts';
import { NUM_QUERIES, NUM_TRUE, writeVectors } from './gallery/vectors.ts';

const ENCRYPTED = 'encrypted:';
const encryptedParts = ['enrol', 'open', 'change', 'reopen'].map((part) => ENCRYPTED + part);
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    dimensions: { type: 'string', default: '512' },
    'hnsw-rows': { type: 'string', default: '100000' },
    parts: { type: 'string', default: ['faiss', ...Object.keys(parts), ...encryptedParts].join(',') },
    folder: { type: 'string', default: tmpdir() },
    json: { type: 'string' },
    part: { type: 'string' },
    at: { type: 'string' },
    gallery: { type: 'string', default: 'gallery' },
  },
});
const [rows, dimensions] = [Number(values.rows), Number(values.dimensions)];
const hnswRows = Math.min(rows, Number(values['hnsw-rows']));

if (values.part !== undefined) {
  const options = { folder: values.at!, gallery: values.gallery, rows, dimensions, hnswRows };
  const facts = await parts[values.part as PartName](options);
  console.log(JSON.stringify(facts));
} else {
  const folder = mkdtempSync(join(values.folder, 'bench-gallery-'));
  try {
    runAll(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runAll(folder: string): void {
  console.log(`${rows} × ${dimensions}, ${availableParallelism()} processors (${cpus()[0]!.model})`);
  console.log(`${NUM_QUERIES} queries, the ${NUM_TRUE} best of each; HNSW over ${hnswRows} rows\n`);
  writeVectors(folder, rows, dimensions);
  const all: Record<string, Facts> = {};
  for (const part of values.parts.split(',')) {
    const facts = part === 'faiss' ? faiss(folder) : own(part, folder);
    if (!facts) continue;
    all[part] = facts;
    for (const [name, value] of Object.entries(facts)) console.log(`${name.padEnd(44)} ${shown(value)}`);
  }
  const flat = all.faiss?.['FAISS flat, one query, ms'];
  const mine = all.index?.['index, one query, ms'];
  if (flat && mine) console.log(`${'one query, FAISS flat ÷ index'.padEnd(44)} ${(flat / mine).toFixed(1)}`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ rows, dimensions, hnswRows, ...all }, null, 2)}\n`);
}

function own(part: string, folder: string): Facts | null {
  const isEncrypted = part.startsWith(ENCRYPTED);
  const name = isEncrypted ? part.slice(ENCRYPTED.length) : part;
  const args = [fileURLToPath(import.meta.url), '--part', name, '--at', folder, '--rows', values.rows];
  args.push('--dimensions', values.dimensions, '--hnsw-rows', String(hnswRows));
  if (!isEncrypted) return factsOf(part, process.execPath, args);
  const env = {
    SEMBLANCE_GALLERY_KEY: Buffer.alloc(32, 7).toString('base64'),
    SEMBLANCE_GALLERY_KEYS: join(folder, 'keys'),
  };
  const facts = factsOf(part, process.execPath, [...args, '--gallery', 'encrypted'], env);
  return (
    facts && Object.fromEntries(Object.entries(facts).map(([fact, value]) => [`encrypted ${fact}`, value]))
  );
}

function faiss(folder: string): Facts | null {
  const script = fileURLToPath(new URL('./gallery/faiss_side.py', import.meta.url));
  const args = [script, folder, rows, dimensions, hnswRows, availableParallelism()].map(String);
  return factsOf('FAISS', process.env.PYTHON ?? '/usr/bin/python3', args);
}

function factsOf(part: string, command: string, args: string[], env = {}): Facts | null {
  const { stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!) as Facts;
  console.log(`${part}: not here (${(stderr ?? '').trim().split('\n').at(-1)})`);
  return null;
}

function shown(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 3);
}

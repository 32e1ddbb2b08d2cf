// Who was removed is in no byte of any file: names, embeddings, pictures.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import { afterAll, expect, test } from 'vitest';
import { Gallery } from './gallery.ts';
import type { NewFace } from './store.ts';

const root = mkdtempSync(join(tmpdir(), 'erasing-'));
afterAll(() => rmSync(root, { recursive: true }));
const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 512 };

function faceOf(subject: string, random: Random): NewFace {
  const values = Float32Array.from({ length: 512 }, () => random.normal());
  const length = Math.hypot(...values);
  const crop = randomBytes(random.int(3000, 9000));
  return { subject, embedding: values.map((value) => value / length), crop, source: `${subject} at sea.jpg` };
}

/** Pieces of 24 bytes of what may be found nowhere. */
function piecesOf({ subject, embedding, crop }: NewFace): Buffer[] {
  const blobs = [Buffer.from(embedding.buffer), Buffer.from(crop!)];
  const cut = (blob: Buffer) =>
    Array.from({ length: Math.floor(blob.length / 480) }, (_, i) => blob.subarray(480 * i, 480 * i + 24));
  return [Buffer.from(subject), ...blobs.flatMap(cut)];
}

/** What of these faces is in a file below the root. */
function found(faces: readonly NewFace[]): string[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const bytes = readFileSync(join(parentPath, name));
    return faces.flatMap((face) => {
      const left = piecesOf(face).filter((piece) => bytes.includes(piece));
      return left.length > 0 ? [`${name}: ${left.length} pieces of ${face.subject}`] : [];
    });
  });
}

test('people who were removed, renamed or replaced, of many, in any order', {
  timeout: 120_000,
}, async () => {
  const random = Random.of(7);
  const gallery = await Gallery.create(join(root, 'gallery'), model);
  // none is the beginning of another
  const names = Array.from({ length: 90 }, (_, i) => `Person ${i} ${'of this name '.repeat(i % 4)}(${i})`);
  const faces = Array.from({ length: 270 }, (_, i) => faceOf(names[i % 90]!, random));
  const gone: NewFace[] = [];
  let kept: NewFace[] = [];
  for (const face of faces) {
    const [id] = await gallery.enrol([face], model.modelId);
    kept.push(face);
    if (random.chance(0.3)) {
      const victim = random.pick(kept);
      if (random.chance(0.5)) await gallery.remove(victim.subject);
      else {
        await gallery.rename(victim.subject, `renamed ${id}`);
        await gallery.remove(`renamed ${id}`);
      }
      gone.push(...kept.filter(({ subject }) => subject === victim.subject));
      kept = kept.filter(({ subject }) => subject !== victim.subject);
    }
  }
  const known = new Set(kept.map(({ subject }) => subject));
  // somebody who came back under the same name is rightly there
  const nowhere = gone.map((face) =>
    known.has(face.subject) ? { ...face, subject: randomBytes(30).toString('hex') } : face,
  );
  expect(gone.length).toBeGreaterThan(50);
  expect(found(kept).length).toBeGreaterThanOrEqual(kept.length); // the search finds what is there
  expect(found(nowhere)).toEqual([]);
  await gallery.close();
  expect(found(nowhere)).toEqual([]);
});

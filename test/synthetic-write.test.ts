import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRetinafaceLabels } from '@semblance/lab/datasets';
import { createPerson, formatLabels, renderPeople, writePeople, writeScenes } from '@semblance/synthetic';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Pictures take milliseconds each; the limit is for machines that have much else to do.
const SLOW = { timeout: 300_000 };

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'synthetic-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function contents(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((f) => f.isFile());
  const all = new Map<string, string>();
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    all.set(path.slice(folder.length), (await readFile(path)).toString('base64'));
  }
  return new Map([...all].sort());
}

describe('writePeople', SLOW, () => {
  it('writes the same files with one thread and with two', async () => {
    const options = { numPeople: 3, photosPerPerson: 2, seed: 40, size: 64 };
    const progress: number[] = [];
    await writePeople({
      ...options,
      out: join(dir, 'one'),
      workers: 1,
      onProgress: (done) => progress.push(done),
    });
    await writePeople({ ...options, out: join(dir, 'two'), workers: 2 });
    const one = await contents(join(dir, 'one'));
    expect([...one.keys()]).toContain('/person-00040/0001.jpg');
    expect(one.size).toBe(7);
    expect(await contents(join(dir, 'two'))).toEqual(one);
    expect(progress).toEqual([2, 4, 6]);
  });

  it('numbers later photos on, all of them new', async () => {
    const out = join(dir, 'later');
    const photos = await writePeople({
      out,
      numPeople: 1,
      photosPerPerson: 2,
      firstPhoto: 2,
      seed: 40,
      size: 64,
      workers: 1,
    });
    expect(photos.map((p) => p.path)).toEqual(['person-00040/0003.jpg', 'person-00040/0004.jpg']);
    const earlier = await readFile(join(dir, 'one/person-00040/0001.jpg'));
    expect(earlier.equals(await readFile(join(out, photos[0]!.path)))).toBe(false);
  });

  it('hands on what goes wrong in a thread', async () => {
    const out = '/dev/null/nowhere';
    await expect(writePeople({ out, numPeople: 2, photosPerPerson: 1, seed: 1, size: 64 })).rejects.toThrow(
      /ENOTDIR/,
    );
  });
});

describe('writeScenes', SLOW, () => {
  it("writes labels that RetinaFace's reader understands", async () => {
    const out = join(dir, 'scenes');
    const scenes = await writeScenes({ out, numScenes: 4, seed: 3, width: 160, height: 120, workers: 2 });
    const labels = parseRetinafaceLabels(await readFile(join(out, 'label.txt'), 'utf8'));
    expect(labels.map((l) => `images/${l.name}`)).toEqual(scenes.map((s) => s.path));
    for (const [i, { faces }] of scenes.entries()) {
      const seen = faces.filter((f) => !('ignore' in f && f.ignore));
      expect(labels[i]!.faces).toHaveLength(seen.length);
      seen.forEach((face, k) => {
        const read = labels[i]!.faces[k]!;
        for (const [c, v] of face.box.entries()) expect(read.box[c]).toBeCloseTo(v, 1);
        if (read.landmarks) expect(read.landmarks[2]![0]).toBeCloseTo(face.landmarks[2]![0], 2);
      });
    }
  });

  it('marks landmarks absent where one lies outside the picture', () => {
    const face = {
      name: 'a',
      box: [0, 0, 10, 10] as [number, number, number, number],
      visible: 1,
      landmarks: [
        [-1, 4],
        [6, 4],
        [5, 6],
        [4, 8],
        [6, 8],
      ] as [number, number][],
    };
    const [label] = parseRetinafaceLabels(
      formatLabels([{ path: 'images/x.jpg', width: 20, height: 20, faces: [face] }]),
    );
    expect(label!.faces[0]!.landmarks).toBeNull();
  });
});

describe('renderPeople', SLOW, () => {
  const options = { numPeople: 3, photosPerPerson: 3, seed: 60, size: 48 };

  it('resumes after it was killed, with the same bytes and any number of threads', async () => {
    const [whole, broken] = [join(dir, 'whole'), join(dir, 'broken')];
    expect(await renderPeople({ ...options, out: whole, workers: 2 })).toEqual({ photos: 9, rendered: 9 });
    const expected = await contents(whole);
    expect(expected.size).toBe(11);

    // Stopped after the first person, with half a photo of the second and half a line of the journal.
    const stop = new Error('stopped');
    const one = { ...options, out: broken, workers: 1 };
    const onProgress = () => {
      throw stop;
    };
    await expect(renderPeople({ ...one, onProgress })).rejects.toBe(stop);
    await appendFile(join(broken, 'render.jsonl'), '{"seed":61,"pho');
    await mkdir(join(broken, 'person-00061'));
    await writeFile(join(broken, 'person-00061/0001.jpg.half'), 'half a photo');
    expect(await renderPeople(one)).toEqual({ photos: 9, rendered: 6 });
    expect(await contents(broken)).toEqual(expected);
    expect(await renderPeople(one)).toEqual({ photos: 9, rendered: 0 });
  });

  it('refuses a folder with another rendering', async () => {
    const out = join(dir, 'whole');
    await expect(renderPeople({ ...options, out, seed: 61 })).rejects.toMatchObject({ code: 'PATH_EXISTS' });
  });

  it('keeps bones and eyes from look to look, and changes hair, age and what is worn', () => {
    const person = createPerson(9);
    const looks = Array.from({ length: 40 }, (_, photo) => person.lookOf(photo));
    expect(new Set(looks).size).toBe(6);
    expect(new Set(looks.map(({ name }) => name))).toEqual(new Set([person.name]));
    expect(new Set(looks.map(({ shape }) => shape.noseWidth)).size).toBe(1);
    expect(new Set(looks.map(({ eyes }) => eyes.iris.join())).size).toBe(1);
    expect(new Set(looks.map(({ age }) => age)).size).toBe(6);
    expect(new Set(looks.map(({ hair }) => hair.style)).size).toBeGreaterThan(1);
    // What everybody wears as often tells nobody apart.
    const habits = (one: number) => createPerson(one).lookOf(0).habits;
    expect(habits(9).glasses).toBe(habits(10).glasses);
    expect(habits(9).hat).toBe(habits(10).hat);
  });
});

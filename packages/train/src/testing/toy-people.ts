import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import { encodePng } from '@semblance/face/image';

/** For tests: a folder per "person", each of them a stripe pattern under noise, as square crops. */
export async function writeToyPeople(
  dir: string,
  numPeople: number,
  numPhotos: number,
  size = 32,
): Promise<void> {
  for (let person = 0; person < numPeople; person++) {
    await mkdir(join(dir, `person-${person}`), { recursive: true });
    for (let photo = 0; photo < numPhotos; photo++) {
      const rng = Random.of(person, photo);
      const phase = rng.range(0, 6);
      const data = new Uint8Array(size * size * 3);
      for (let i = 0; i < data.length; i++) {
        const [x, y] = [Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
        const wave = Math.sin((x * (person + 1) + y * (numPeople - person)) / 6 + phase);
        data[i] = 128 + 60 * wave + rng.range(-30, 30);
      }
      const file = join(dir, `person-${person}`, `${String(photo).padStart(3, '0')}.png`);
      await writeFile(file, await encodePng({ data, width: size, height: size }));
    }
  }
}

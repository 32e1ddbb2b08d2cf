// Renders what examples/platform.sh trains on: scenes for a detector, aligned crops for a recognizer, portraits to enrol.
import { join } from 'node:path';
import { writePeople, writeScenes } from '@semblance/synthetic';

const out = process.argv[2]!;
await writeScenes({
  out: join(out, 'scenes'),
  numScenes: 16,
  seed: 1,
  width: 160,
  height: 160,
  minFace: 40,
  nuisance: 0.1,
});
await writePeople({
  out: join(out, 'faces'),
  numPeople: 6,
  photosPerPerson: 4,
  seed: 100,
  aligned: true,
  size: 48,
});
await writePeople({
  out: join(out, 'people'),
  numPeople: 4,
  photosPerPerson: 2,
  seed: 200,
  size: 160,
  nuisance: 0.1,
});

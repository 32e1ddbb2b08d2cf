import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { type Fixture, photo } from '../service/fixtures.ts';
import type { Images } from './images.ts';

/** Models, photos of people and their gallery, as layers of an image are made of. */
export async function layOut(images: Images, fixture: Fixture): Promise<void> {
  mkdirSync(images.path('models'));
  cpSync(fixture.detector, images.path('models', 'detector'), { recursive: true });
  cpSync(fixture.recognizer, images.path('models', 'recognizer'), { recursive: true });
  for (const name of ['ada', 'bob', 'eve']) {
    mkdirSync(images.path('people', name), { recursive: true });
    for (const shade of [0, 6, 12])
      writeFileSync(images.path('people', name, `${shade}.png`), await photo([name], shade));
  }
  writeFileSync(images.path('party.png'), await photo(['eve', 'ada'], 3));
  const models = ['--detector', 'models/detector', '--recognizer', 'models/recognizer'];
  const gallery = [
    'gallery',
    'build',
    '--data',
    'people',
    '--out',
    'gallery',
    '--threshold',
    '0.9',
    ...models,
  ];
  const { code, err } = await images.semblance(gallery);
  if (code !== 0) throw new Error(err);
}

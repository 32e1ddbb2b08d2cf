/**
 * How long a service's image takes from `semblance image run` to its first "ready", unpacked before as it is on every start but the
 * first.
 *
 *   node bench/image-start.ts [--runs 10]
 *
 * Builds the image with the smallest models there are and an empty gallery, as root on Debian: what is measured is the way there.
 */
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Images } from '../test/images/images.ts';
import { createFixture } from '../test/service/fixtures.ts';
import { listening } from '../test/service/listening.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10' } } });
const images = new Images();
const fixture = await createFixture();
try {
  const content = [`gallery=${await fixture.newGallery()}`];
  content.push(`model=${fixture.detector}`, `model=${fixture.recognizer}`);
  await images.build('serve', '--tag', 'start:1', ...content.flatMap((each) => ['--with', each]));
  await images.image('run', 'start:1', '--', 'true');
  const times: number[] = [];
  for (let i = 0; i < Number(values.runs); i++) {
    const begin = performance.now();
    const service = images.start(['image', 'run', 'start:1', '--', 'serve', '--port', '0']);
    const ended = once(service, 'exit');
    const { url, said } = await listening(service.stderr!);
    if (url === '') throw new Error(`the service did not start:\n${said.join('\n')}`);
    while (!(await fetch(`${url}/health/ready`)).ok);
    times.push((performance.now() - begin) / 1000);
    service.kill('SIGTERM');
    await ended;
  }
  times.sort((a, b) => a - b);
  const shown = [times[0]!, times[Math.floor(times.length / 2)]!, times.at(-1)!].map(
    (s) => `${s.toFixed(2)} s`,
  );
  console.log(`image run to ready: fastest ${shown[0]}, median ${shown[1]}, slowest ${shown[2]}`);
} finally {
  await fixture.remove();
  images.remove();
}

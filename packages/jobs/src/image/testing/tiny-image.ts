import { composeImage, composeIndex } from '../compose.ts';
import { type LayerEntry, writeLayer } from '../oci/layer.ts';
import type { ImageLayout } from '../oci/layout.ts';
import type { Architecture, Descriptor } from '../oci/media.ts';

/** An image of a few bytes, for one platform or several, under a name. */
export async function tinyImage(
  layout: ImageLayout,
  name: string,
  entries: readonly LayerEntry[] = [{ path: '/etc/greeting', from: { content: 'hello\n' } }],
  architectures: readonly Architecture[] = ['amd64'],
): Promise<Descriptor> {
  const manifests: Descriptor[] = [];
  for (const architecture of architectures) {
    const own = { path: '/etc/architecture', from: { content: architecture } };
    const layers = [await writeLayer(layout, entries, 'first'), await writeLayer(layout, [own], 'second')];
    const base = { name: 'none', layers: [], config: {}, history: [] };
    const rest = {
      env: { GREETING: 'hello' },
      labels: { 'test.label': 'yes' },
      command: ['greet'],
      workingDir: '/',
    };
    manifests.push(await composeImage(layout, { architecture, base, layers, ...rest }));
  }
  const image = await composeIndex(layout, manifests);
  await layout.tag(name, image);
  return image;
}

// Builds every package that is published: `npm run build` writes each, whole, to build/packages/<folder>.
//
// In the repository everything runs from TypeScript; this is for those who install it.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackages } from './packaging/build-packages.ts';
import { root } from './packaging/packages.ts';

const { values } = parseArgs({
  options: { out: { type: 'string', default: join(root, 'build', 'packages') } },
});
const out = resolve(values.out);
const built = buildPackages(out);
console.log(`${built.map(({ name }) => name).join(', ')}: built in ${out}`);

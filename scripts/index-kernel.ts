// Assembles the gallery index's kernels into packages/face/src/gallery/index/kernel/modules.gen.ts; --check says whether
// that is done.
import { join } from 'node:path';
import wabt from 'wabt';
import { dots, kernelText } from '../packages/face/src/gallery/index/kernel/text.ts';
import { writeOrCheck } from './generated.ts';

const folder = join(import.meta.dirname, '../packages/face/src/gallery/index/kernel');
const path = join(folder, 'modules.gen.ts');
const { parseWat } = await wabt();
const features = { threads: true, simd: true, relaxed_simd: true };

function assemble(kind: keyof typeof dots): string {
  const module = parseWat(`${kind}.wat`, kernelText(kind), features);
  const { buffer } = module.toBinary({});
  module.destroy();
  return Buffer.from(buffer).toString('base64');
}

const kinds = Object.keys(dots) as (keyof typeof dots)[];
const source = `// Made of text.ts by scripts/index-kernel.ts: do not edit.

/** WebAssembly modules, in base64. */
export const modules = {
${kinds.map((kind) => `  ${kind}:\n    '${assemble(kind)}',\n`).join('')}};
`;
writeOrCheck(path, source, `${path} is not what text.ts says: run npm run gen`);

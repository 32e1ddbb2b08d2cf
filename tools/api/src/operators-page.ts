import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagesDir } from './entry-points.ts';

/** The operators that people call, a line each: without variants that write into `out`, backward and private ones. */
export function operatorsPage(): string {
  const source = readFileSync(join(packagesDir, 'torch', 'src', 'ops.gen.ts'), 'utf8');
  const interfaceOf = (name: string): string =>
    new RegExp(`export interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(source)![1]!;
  const lines = interfaceOf('Ops')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^_|_backward\(|\bout\d?: /.test(line));
  return `# Operators

Every operator of libtorch by its PyTorch name, as \`ops.<name>(…)\` and, where the first argument is a tensor, as
\`tensor.<name>(…)\` without it: \`ops.add(a, b)\` is \`a.add(b)\`. What each computes is in
[PyTorch's documentation](https://pytorch.org/docs/1.13/torch.html). Arguments come in PyTorch's order; those that are
keyword-only there are fields of the last argument. A name that ends in \`_\` writes into its first argument.

Left out here and still callable: variants that write into \`out\`, backward operators, and names that begin with \`_\`.

\`\`\`ts
${lines.join('\n')}
\`\`\`
`;
}

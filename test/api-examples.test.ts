import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createExampleFolder } from './api/fixture.ts';
import { type Example, lookUp, readPages } from './api/pages.ts';
import type { Ended } from './api/run-examples.ts';
import { packageJson, packageNames, root } from './source-files.ts';

const pages = readPages();
const examples = [...pages.values()]
  .flatMap((exports) => [...exports.values()])
  .flatMap((documented) => documented.examples);
const toRun = examples.filter(({ notRun }) => notRun === null);

let folder: Awaited<ReturnType<typeof createExampleFolder>>;
// numbered, since names may differ in case alone
const fileOf = (example: Example): string => {
  const name = `${examples.indexOf(example)}-${example.name.replace(/[^\w-]+/g, '-')}`;
  return join(folder.examples, `${name}.ts`);
};

beforeAll(async () => {
  folder = await createExampleFolder();
  // an example without imports would share its names with all others
  for (const example of examples) writeFileSync(fileOf(example), `${example.code}\nexport {};\n`);
});
afterAll(() => rmSync(folder?.dir, { recursive: true, force: true }));

async function run(
  program: string,
  args: string[],
): Promise<{ code: number | null; lines: string[]; all: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let all = '';
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    all += `${line}\n`;
  });
  child.stderr.on('data', (text) => (all += text));
  const [code] = await once(child, 'close');
  return { code, lines, all };
}

describe.each(packageNames)(
  'every value at the root of %s has a sentence and an example',
  async (folderName) => {
    const { name: specifier } = packageJson(folderName);
    const values = (await import(specifier)) as Record<string, unknown>;
    const names = Object.keys(values);
    // operators of libtorch are documented by PyTorch
    const { ops = {} } = values as { ops?: Record<string, unknown> };
    test.each(names)('%s', (name) => {
      const documented = lookUp(pages, folderName, name);
      expect(
        documented,
        `docs/api/${folderName}.md does not speak of ${name}: npm run gen:api`,
      ).toBeDefined();
      expect(documented!.sentence, 'the sentence').not.toBe('');
      if (values[name] !== ops[name]) expect(documented!.examples, 'the examples').not.toEqual([]);
    });
  },
);

test('examples that are not run are few, and say why', () => {
  const notRun = examples.flatMap(({ notRun }) => notRun ?? []);
  expect(notRun.length).toBeLessThan(12);
  for (const reason of notRun) expect(reason).toMatch(/^Not run (here|by tests): .{10,}\.$/);
});

test('every example is right TypeScript', async () => {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noUnusedLocals: false, typeRoots: [join(root, 'node_modules', '@types')] },
    include: ['examples/*.ts'],
  };
  writeFileSync(join(folder.dir, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, all } = await run(process.execPath, [tsc, '--noEmit', '-p', folder.dir]);
  expect(code, all).toBe(0);
});

/** What the comments after `console.log(…);` say it prints; `…` stands for anything. */
const expected = (code: string): string[] =>
  [...code.matchAll(/console\.log\(.*\);? *\/\/ (.+)$/gm)].map(([, text]) => text!.trim());

const matches = (printed: string, text: string): boolean =>
  new RegExp(`^${text.split('…').map(RegExp.escape).join('.*')}$`).test(printed.replace(/\s+/g, ' '));

describe.each(packageNames)('the examples of %s', (folderName) => {
  const own = toRun.filter(({ folder }) => folder === folderName);
  const ended = new Map<string, Ended>();
  let all = '';
  beforeAll(async () => {
    if (own.length === 0) return;
    const flags = [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'api', 'run-examples.ts'),
    ];
    const ran = await run(process.execPath, [...flags, folder.fixture, ...own.map(fileOf)]);
    for (const line of ran.lines) {
      const each = JSON.parse(line) as Ended;
      ended.set(each.file, each);
    }
    all = ran.all;
  });

  test.each(own.map((example) => [example.name, example] as const))('%s', (_, example) => {
    const result = ended.get(fileOf(example));
    expect(result, all).toBeDefined();
    expect(result!.error).toBeNull();
    let from = 0;
    for (const text of expected(example.code)) {
      const at = result!.printed.findIndex((line, i) => i >= from && matches(line, text));
      expect(at, `“${text}” is not among what it printed:\n${result!.printed.join('\n')}`).not.toBe(-1);
      from = at + 1;
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type ImportOf,
  importsOf,
  type PackageJson,
  type PackageName,
  packageJson,
  packageNames,
  readJson,
  root,
  sourceFiles,
} from './source-files.ts';

/** Entry points that load nothing heavy: they count as the importer's own floor. */
const lightEntries = ['@semblance/train/error', '@semblance/train/run-folder'];

/** What each package may import of the others; those with the training engine by dynamic import alone, but for light entry points. */
const allowed: Record<PackageName, { always: PackageName[]; dynamic?: PackageName[] }> = {
  core: { always: [] },
  client: { always: [] },
  web: { always: [] },
  torch: { always: ['core'] },
  face: { always: ['core'] },
  lab: { always: ['core', 'face'] },
  synthetic: { always: ['core', 'face'] },
  train: { always: ['core', 'torch', 'face', 'lab', 'synthetic'] },
  jobs: { always: ['core'], dynamic: ['train'] },
  serve: { always: ['core', 'face', 'jobs', 'web'] },
  semblance: { always: ['core', 'face', 'lab', 'synthetic', 'jobs', 'serve'], dynamic: ['train', 'torch'] },
};

/** Folders of face from the bottom up; a file imports from its own row and from those below. */
const faceLevels = [
  ['error.ts'],
  ['geometry', 'image'],
  ['align'],
  ['models'],
  ['pipeline'],
  ['doctor'],
  ['gallery'],
  ['cluster'],
  ['semblance'],
  ['index.ts'],
];

const ownPackage = (specifier: string): PackageName | undefined =>
  packageNames.find(
    (name) => specifier === packageJson(name).name || specifier.startsWith(`${packageJson(name).name}/`),
  );

/** Tests, and what they start or share: in folders named testing. */
const isTest = (path: string): boolean => /\.test\.ts$|-suite\.ts$|\/testing\//.test(path);

describe('importsOf', () => {
  const specifiers = (source: string): ImportOf[] => importsOf(source);

  test('sees every form of import', () => {
    const source = [
      `import a from 'a';`,
      `import { b, type B } from 'b';`,
      `import type { C } from 'c';`,
      `import { type D, type E } from 'd';`,
      `import {\n  f,\n  g,\n} from 'f';`,
      `import 'side';`,
      `export { h } from 'h';`,
      `export type { I } from 'i';`,
      `export * from 'j';`,
      `import * as k from 'k';`,
      `const l = await import('l');`,
      `const m = {} as typeof import('m');`,
      `// import n from 'n';`,
      `/* import o from 'o'; */`,
      `export const p = 'p';`,
    ].join('\n');
    expect(
      specifiers(source).map(({ specifier, isType, isDynamic }) => [specifier, isType, isDynamic]),
    ).toEqual([
      ['a', false, false],
      ['b', false, false],
      ['c', true, false],
      ['d', true, false],
      ['f', false, false],
      ['side', false, false],
      ['h', false, false],
      ['i', true, false],
      ['j', false, false],
      ['k', false, false],
      ['l', false, true],
      ['m', true, true],
    ]);
  });
});

test('light entry points import Node’s own modules and the errors alone', () => {
  for (const specifier of lightEntries) {
    const name = ownPackage(specifier)!;
    const { exports = {}, name: full } = packageJson(name);
    const entry = join('packages', name, String(exports[`.${specifier.slice(full.length)}`]));
    const { imports } = sourceFiles(name).find(({ path }) => path === entry)!;
    expect(
      imports.filter(
        ({ specifier }) => !specifier.startsWith('node:') && specifier !== '@semblance/core/error',
      ),
    ).toEqual([]);
  }
});

describe.each(packageNames)('%s', (name) => {
  const files = sourceFiles(name);
  const {
    dependencies = {},
    devDependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
  } = packageJson(name);
  const rootDev = Object.keys(readJson<PackageJson>('package.json').devDependencies ?? {});

  test('imports no package above it, and the others by their entry points', () => {
    const wrong: string[] = [];
    for (const { path, imports } of files) {
      for (const { specifier, isType, isDynamic } of imports) {
        const other = ownPackage(specifier);
        if (!other || other === name) continue;
        if (isTest(path) && Object.hasOwn(devDependencies, packageJson(other).name)) continue;
        const { always, dynamic = [] } = allowed[name];
        // a test may use the test support of another package
        if (isTest(path) && specifier.includes('/testing/')) continue;
        const isReached = isDynamic || isType || lightEntries.includes(specifier);
        if (!always.includes(other) && !(isReached && dynamic.includes(other))) {
          wrong.push(`${path} imports ${specifier}`);
          continue;
        }
        const entry = `.${specifier.slice(packageJson(other).name.length)}`;
        if (!Object.hasOwn(packageJson(other).exports ?? {}, entry)) {
          wrong.push(`${path} imports ${specifier}, which is no entry point`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  // the compiler leaves such a file out of the package, or not, as its threads happen to meet it
  test('publishes nothing that imports what only tests have', () => {
    const wrong = files
      .filter(({ path }) => !isTest(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ specifier }) => specifier.startsWith('.') && isTest(join(dirname(path), specifier)))
          .map(({ specifier }) => `${path} imports ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  test('stays within its own folder', () => {
    const isSupport = (path: string, specifier: string): boolean =>
      isTest(path) && /\/testing\/|test\/support\//.test(specifier);
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier }) => specifier.startsWith('.') && !isSupport(path, specifier))
        .filter(({ specifier }) => !normalize(join(dirname(path), specifier)).startsWith(`packages/${name}/`))
        .map(({ specifier }) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('declares what it imports from others', () => {
    const declared = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
        .map(({ specifier }) =>
          specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((dependency) => !declared.includes(dependency) && dependency !== packageJson(name).name)
        .filter(
          (dependency) =>
            !(isTest(path) && (rootDev.includes(dependency) || Object.hasOwn(devDependencies, dependency))),
        )
        .map((dependency) => `${path} imports ${dependency}`),
    );
    expect(wrong).toEqual([]);
  });

  test('names Node’s own modules as node:…', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier }) => !specifier.startsWith('node:') && builtinModules.includes(specifier))
        .map(({ specifier }) => `${path}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('has no circle of files: types alone may refer to each other', () => {
    const graph = new Map(
      files.map(({ path, imports }) => {
        const own = imports.filter(({ specifier, isType }) => specifier.startsWith('.') && !isType);
        return [path, new Set(own.map(({ specifier }) => normalize(join(dirname(path), specifier))))];
      }),
    );
    expect(circleIn(graph)).toEqual([]);
  });

  test('has no circle of folders', () => {
    const graph = new Map<string, Set<string>>();
    for (const { path, imports } of files) {
      if (isTest(path)) continue;
      const from = folderOf(path, name);
      for (const { specifier, isType } of imports) {
        if (!specifier.startsWith('.') || isType) continue;
        const to = folderOf(normalize(join(dirname(path), specifier)), name);
        if (to !== from) graph.set(from, (graph.get(from) ?? new Set()).add(to));
      }
    }
    expect(circleIn(graph)).toEqual([]);
  });
});

test('no file of code is longer than 300 lines, but for generated ones', () => {
  const long = ['packages', 'test', 'bench', 'examples', 'scripts']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(folder, file),
      ),
    )
    .filter((file) => /\.(ts|tsx|mts|js|mjs|cjs|cc|h|py|sh)$/.test(file) && !/\.gen\.\w+$/.test(file))
    .filter((file) => !/(^|\/)(node_modules|dist|build|\.[^/]+)\//.test(file))
    .map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});

test('face is built from the bottom up', () => {
  const level = (folder: string): number => faceLevels.findIndex((row) => row.includes(folder));
  const wrong: string[] = [];
  for (const { path, imports } of sourceFiles('face')) {
    if (isTest(path)) continue;
    expect(level(folderOf(path, 'face')), `${path} has no level`).toBeGreaterThanOrEqual(0);
    for (const { specifier, isType } of imports) {
      if (!specifier.startsWith('.') || isType) continue;
      const target = normalize(join(dirname(path), specifier));
      if (level(folderOf(target, 'face')) > level(folderOf(path, 'face')))
        wrong.push(`${path} imports ${target}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** `gallery` of packages/face/src/gallery/x.ts; the file's name for one that lies in src itself. */
function folderOf(path: string, name: PackageName): string {
  return path.slice(`packages/${name}/src/`.length).split('/')[0]!;
}

/** The folders of a circle, or none. */
function circleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const visit = (node: string, trail: string[]): string[] => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return [];
    done.add(node);
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...trail, node]);
      if (circle.length > 0) return circle;
    }
    return [];
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

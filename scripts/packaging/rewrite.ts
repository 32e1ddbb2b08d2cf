import type { PackageJson } from './packages.ts';

/** `./src/a/b.ts`, as package.json and programs in bin/ name it, in what is published. */
const toDist = (path: string): string => path.replace(/^(\.\.?)\/src\/(.*)\.ts$/, '$1/dist/$2.js');

/**
 * The package.json that is published: every entry point with its types, and the types of Node where types speak of them.
 *
 * @param needsNodeTypes whether the declarations of its entry points name what only `@types/node` declares
 */
export function publishedJson(json: PackageJson, needsNodeTypes: boolean): PackageJson {
  const { exports = {}, bin, files = [], dependencies, ...rest } = json;
  return {
    ...rest,
    ...(bin && { bin: Object.fromEntries(Object.entries(bin).map(([name, path]) => [name, toDist(path)])) }),
    exports: Object.fromEntries(Object.entries(exports).map(([name, target]) => [name, entry(target)])),
    files: ['dist', ...files],
    dependencies: {
      ...dependencies,
      // any: two versions of them in one project declare everything twice
      ...(needsNodeTypes && { '@types/node': '>=22' }),
    },
    publishConfig: { access: 'public' },
  };
}

function entry(target: unknown): unknown {
  if (typeof target !== 'string' || !target.endsWith('.ts')) return target;
  const js = toDist(target);
  return { types: js.replace(/\.js$/, '.d.ts'), default: js };
}

/** The compiler rewrites what JavaScript imports, and leaves what declarations import as it is. */
export function rewriteDeclaration(source: string): string {
  return source.replace(/((?:from|import|module)\s*\(?\s*['"]\.\.?\/[^'"\n]+)\.ts(['"])/g, '$1.js$2');
}

/** Programs in bin/ are JavaScript that imports the sources. */
export function rewriteProgram(source: string): string {
  return source.replace(
    /(['"])(\.\.\/src\/[^'"\n]+\.ts)\1/g,
    (_, quote: string, path: string) => `${quote}${toDist(path)}${quote}`,
  );
}

/** Whether a declaration names what `@types/node` declares. */
export const speaksOfNode = (declaration: string): boolean =>
  /['"]node:|\b(?:Buffer|NodeJS\.|AsyncDisposable|Disposable|AbortSignal|URL|ReadableStream)\b/.test(
    declaration,
  );

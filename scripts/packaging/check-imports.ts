import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readPackageJson } from './packages.ts';

/**
 * Holds a built package against itself: whatever it imports or starts is there, or is a package that it depends on.
 *
 * @throws Error that names every import which leads nowhere
 */
export function checkImports(dir: string): void {
  const json = readPackageJson(dir);
  const known = Object.keys({ ...json.dependencies, ...json.peerDependencies, ...json.optionalDependencies });
  const wrong: string[] = [];
  for (const path of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|mjs|d\.ts)$/.test(path)) continue;
    const file = join(dir, path);
    for (const specifier of specifiersOf(readFileSync(file, 'utf8'))) {
      if (specifier.startsWith('node:')) continue;
      if (specifier.startsWith('.') ? leadsSomewhere(file, specifier) : isKnown(specifier, json.name, known))
        continue;
      wrong.push(`${path} imports ${specifier}`);
    }
  }
  for (const path of namedIn({ bin: json.bin, exports: json.exports })) {
    if (!existsSync(join(dir, path))) wrong.push(`package.json names ${path}`);
  }
  if (wrong.length > 0)
    throw new Error(
      `${json.name} would be published with imports that lead nowhere:\n  ${wrong.join('\n  ')}`,
    );
}

/** Every path in a part of package.json. */
function namedIn(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(namedIn) : [];
}

function specifiersOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '');
  const forms = [
    /^\s*import\s*['"]([^'"\n]+)['"]/gm,
    /^\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*['"]([^'"\n]+)['"]/gm,
    /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g,
  ];
  const imported = forms.flatMap((form) => [...code.matchAll(form)].map(([, specifier]) => specifier!));
  const started = code.matchAll(/siblingModule\(import\.meta\.url, ['"]([^'"]+)['"]\)/g);
  return [...imported, ...[...started].map(([, path]) => `${path}.js`)];
}

function leadsSomewhere(file: string, specifier: string): boolean {
  const target = resolve(dirname(file), specifier);
  return existsSync(file.endsWith('.d.ts') ? target.replace(/\.js$/, '.d.ts') : target);
}

function isKnown(specifier: string, own: string, known: readonly string[]): boolean {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return name === own || known.includes(name);
}

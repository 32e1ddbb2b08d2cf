import { readFileSync, writeFileSync } from 'node:fs';
import { type PackageJson, workspacePackages } from '../packaging/packages.ts';

/** `0.2.0`, or `0.2.0-rc.1` */
export const isVersion = (text: string): boolean => /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(text);

/** A package.json of a version: our packages depend on each other by exactly theirs. */
export function withVersion(json: PackageJson, version: string): PackageJson {
  const own = workspacePackages().map((each) => each.json.name);
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  const changed = kinds
    .filter((kind) => json[kind] !== undefined)
    .map((kind) => {
      const ranges = Object.entries(json[kind] as Record<string, string>);
      return [
        kind,
        Object.fromEntries(ranges.map(([name, range]) => [name, own.includes(name) ? version : range])),
      ];
    });
  return { ...json, version, ...Object.fromEntries(changed) };
}

export function setVersion(file: string, version: string): void {
  const json = JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
  writeFileSync(file, `${JSON.stringify(withVersion(json, version), null, 2)}\n`);
}

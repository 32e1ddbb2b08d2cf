// Holds that nothing is written twice: no run of 12 equal lines stands in two places, but in tests and in tables.
//
// Lines are equal when they are so without their indentation; empty lines and imports do not count. Prints each run with
// both of its places, and ends with 1 where there is one. Takes the folder to look at; the repository if none is given.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root as repository } from './packaging/packages.ts';

const RUN = 12;
const root = process.argv[2] ?? repository;
const folders = ['packages', 'scripts', 'bench', 'examples'];
const isCode = /\.(ts|tsx|mts|js|mjs|cjs|cc|h|py|sh)$/;
const isLeftOut = /(^|\/)(node_modules|dist|build|\.[^/]+)\//;
const isGenerated = /\.gen\.\w+$|\/(golden|fixtures)\//;
const isTest = /\.test\.ts$|-suite\.ts$|\/testing\//;
/** Files that are rows of data, which may resemble each other. */
const tables = new Set<string>([]);

interface Line {
  file: string;
  /** From 1. */
  number: number;
  text: string;
}

const files = folders
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file).split(sep).join('/'),
    ),
  )
  .filter((file) => isCode.test(file) && !tables.has(file))
  .filter((file) => ![isLeftOut, isGenerated, isTest].some((pattern) => pattern.test(file)))
  .sort();

/** The lines of a file that count. */
function linesOf(file: string): Line[] {
  const text = readFileSync(join(root, file), 'utf8');
  // an import, or the names that a file hands on, over any number of lines
  const withoutImports = text.replace(/^(import|export) [^;'"(=]*from '[^']*';$/gm, (found) =>
    found.replace(/[^\n]/g, ''),
  );
  return withoutImports
    .split('\n')
    .map((line, i) => ({ file, number: i + 1, text: line.trim() }))
    .filter(({ text }) => text !== '' && !/^(import\b|#include\b)/.test(text));
}

const firstOf = new Map<string, { lines: Line[]; at: number }>();
const runs: string[] = [];
for (const file of files) {
  const lines = linesOf(file);
  for (let at = 0; at + RUN <= lines.length; at++) {
    const key = lines.slice(at, at + RUN).map(({ text }) => text).join('\n'); // biome-ignore format: one step
    const first = firstOf.get(key);
    const isApart = first && (first.lines !== lines || first.at + RUN <= at);
    if (!isApart) {
      if (!first) firstOf.set(key, { lines, at });
      continue;
    }
    let length = RUN;
    while (lines[at + length] && lines[at + length]?.text === first.lines[first.at + length]?.text) length++;
    const place = (of: Line[], from: number) =>
      `${of[from]!.file}:${of[from]!.number}-${of[from + length - 1]!.number}`;
    runs.push(`${length} lines  ${place(first.lines, first.at)}  ${place(lines, at)}`);
    at += length - 1;
  }
}

for (const run of runs) console.error(run);
console.log(`${files.length} files, ${runs.length} runs of ${RUN} lines or more that stand in two places`);
process.exitCode = runs.length > 0 ? 1 : 0;

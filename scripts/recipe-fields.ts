import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldTables } from '../packages/train/src/recipes/field-tables.ts';

// Writes docs/recipe-fields.md from the declarations of recipes, losses and backbones; --check says whether it is so.
const path = join(import.meta.dirname, '../docs/recipe-fields.md');
const page = fieldTables();
if (!process.argv.includes('--check')) await writeFile(path, page);
else if ((await readFile(path, 'utf8')) !== page) {
  console.error('docs/recipe-fields.md is not what the declarations say: run npm run gen');
  process.exitCode = 1;
}

import { join } from 'node:path';
import { fieldTables } from '../packages/train/src/recipes/field-tables.ts';
import { writeOrCheck } from './generated.ts';

// Writes docs/recipe-fields.md from the declarations of recipes, losses and backbones; --check says whether it is so.
const path = join(import.meta.dirname, '../docs/recipe-fields.md');
writeOrCheck(path, fieldTables(), 'docs/recipe-fields.md is not what the declarations say: run npm run gen');

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { backbones } from '../backbones/index.ts';
import { losses } from '../losses/index.ts';
import { detectionFields } from './detection.ts';
import { fieldTables } from './field-tables.ts';
import { recognitionFields } from './recognition.ts';

test('docs/recipe-fields.md is what the declarations say (npm run gen)', async () => {
  const path = join(import.meta.dirname, '../../../../docs/recipe-fields.md');
  expect(await readFile(path, 'utf8')).toBe(fieldTables());
});

test.each([
  ['detection', detectionFields],
  ['recognition', recognitionFields],
  ...Object.values(losses).map(({ name, options }) => [name, options.shape] as const),
  ...Object.values(backbones).map(({ name, options }) => [name, options.shape] as const),
] as [string, z.ZodRawShape][])('every field of %s says what it is in one sentence', (_, fields) => {
  const { properties } = z.toJSONSchema(z.object(fields), { io: 'input', unrepresentable: 'any' });
  for (const [key, field] of Object.entries(properties!)) {
    if (key === 'task') continue;
    expect((field as { description?: string }).description, key).toMatch(/^\S.*\.$/);
  }
});

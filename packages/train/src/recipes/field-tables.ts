import { type JsonSchema, jsonSchemaOf, wordsOf } from '@semblance/core/schema';
import { z } from 'zod';
import type { BackboneShape, BackboneSpec } from '../backbones/backbone.ts';
import { backbones } from '../backbones/index.ts';
import { losses } from '../losses/index.ts';
import { detectionFields } from './detection.ts';
import {
  defaultDetectionRecipe,
  defaultRecognitionRecipe,
  detectionRecipe,
  recognitionRecipe,
} from './index.ts';
import { recognitionFields } from './recognition.ts';
import { trainingFields } from './training.ts';

type Values = Readonly<Record<string, unknown>>;

/** The fields of recipes, losses and backbones as a page of Markdown, told by their declarations. */
export function fieldTables(): string {
  const detection: Values = detectionRecipe();
  const recognition: Values = recognitionRecipe();
  const own = (fields: z.ZodRawShape) =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => !(key in trainingFields) && key !== 'task'));
  return [
    '<!-- Made by scripts/recipe-fields.ts from the declarations; edit those. -->',
    '# Fields of a recipe',
    '',
    'Every field that `--set key=value` and `overrides` take, with its default. Text is read as the type of the field;',
    'an unknown key or a value out of its range is refused before anything is read or queued (`RECIPE_UNKNOWN_KEY`,',
    '`RECIPE_INVALID_VALUE`). [Training](training.md) explains how they work together.',
    '',
    '## Both trainings',
    '',
    `Defaults are those of \`${defaultDetectionRecipe}\` and \`${defaultRecognitionRecipe}\`.`,
    '',
    ...table(
      trainingFields,
      [
        ['detection', detection],
        ['recognition', recognition],
      ],
      '',
    ),
    '',
    '## Recognition',
    '',
    ...table(own(recognitionFields), [[defaultRecognitionRecipe, recognition]], ''),
    '',
    '## Detection',
    '',
    ...table(own(detectionFields), [[defaultDetectionRecipe, detection]], ''),
    '',
    '## Options of each loss',
    '',
    'A recipe may set others than the defaults here.',
    ...Object.values(losses).flatMap(({ name, title, options }) => [
      '',
      `### ${name}`,
      '',
      `${title}.`,
      '',
      ...table(options.shape, [['default', defaultsOf(options.shape)]], 'lossOptions.'),
    ]),
    '',
    '## Options of each backbone',
    '',
    '`inputSize` and `embeddingSize` are fields of the recipe itself; here is what each backbone takes.',
    ...grouped(Object.values(backbones)).flatMap(([names, { inputSize, embeddingSize, ...rest }]) => {
      const size = { inputSize, embeddingSize };
      return [
        '',
        `### ${names}`,
        '',
        ...table(size, [['default', defaultsOf(size)]], ''),
        ...rows(rest, [defaultsOf(rest)], 'backboneOptions.'),
      ];
    }),
    '',
  ].join('\n');
}

/** Backbones that take the same options, told once. */
function grouped(specs: readonly BackboneSpec[]): [string, BackboneShape][] {
  const groups = new Map<string, BackboneSpec[]>();
  for (const spec of specs) {
    const key = JSON.stringify(jsonSchemaOf(spec.options));
    groups.set(key, [...(groups.get(key) ?? []), spec]);
  }
  return [...groups.values()].map((group) => [
    group.map(({ name }) => name).join(', '),
    group[0]!.options.shape,
  ]);
}

function table(fields: z.ZodRawShape, defaults: [string, Values][], prefix: string): string[] {
  const names = defaults.map(([name]) => (name.includes('-') ? `\`${name}\`` : name));
  return [
    `| key | takes | ${names.join(' | ')} | |`,
    `|---|---|${'---|'.repeat(names.length)}---|`,
    ...rows(
      fields,
      defaults.map(([, values]) => values),
      prefix,
    ),
  ];
}

function rows(fields: z.ZodRawShape, defaults: readonly Values[], prefix: string): string[] {
  const { properties = {} } = jsonSchemaOf(z.object(fields));
  return Object.entries(properties).map(([key, schema]) => {
    const cells = defaults.map((values) => shown(values[key]));
    return `| \`${prefix}${key}\` | ${takes(schema)} | ${cells.join(' | ')} | ${schema.description ?? ''} |`;
  });
}

const takes = (schema: JsonSchema): string =>
  `${wordsOf(schema).replaceAll('|', '\\|')}${schema.unit === undefined ? '' : `, ${schema.unit}`}`;

const defaultsOf = (fields: z.ZodRawShape): Values =>
  Object.fromEntries(
    Object.entries(jsonSchemaOf(z.object(fields)).properties ?? {}).map(([key, schema]) => [
      key,
      schema.default,
    ]),
  );

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(shown).join(', ');
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value);
  return entries.length === 0 ? 'none' : entries.map(([key, part]) => `${key} ${shown(part)}`).join(', ');
}

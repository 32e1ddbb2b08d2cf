import { basename } from 'node:path';
import { check } from '@semblance/core/schema';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import type { ConventionOptions } from '../conventions.ts';
import { impostorCurve } from '../impostors.ts';

const text = z.string().min(1);
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ expected: '64 hexadecimal digits' });
/** Names are folders below the user's own, and words on a command line. */
const modelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)
  .meta({ expected: 'a name of small letters, digits, points and dashes' });
const bareFile = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/)
  .meta({ expected: 'a bare file name' });

const license = z.strictObject({
  /** As people call it: `MIT`. */
  name: text,
  /** What it forbids, where it does: the model is then pulled only by those who accept it. */
  restriction: text.optional(),
  /** Where it can be read. */
  url: z.url().optional(),
  /** What the makers say that the model was trained on. */
  trainedOn: text,
});

const model = z.strictObject({
  task: z.enum(['detection', 'recognition']),
  /** A name of the table of dialects. */
  dialect: text,
  /** What is known better than the dialect. */
  conventions: z.record(z.string(), z.unknown()).optional(),
  /** The file within an archive, in whatever folder of it; what is fetched is the model where there is none. */
  member: z.strictObject({ file: bareFile, sha256: sha256.optional() }).optional(),
  /** Cosine similarity from which two faces count as one person, and who says so. */
  threshold: z.strictObject({ value: z.number().min(-1).max(1), basis: text }).optional(),
  /** How alike a recognizer finds different people, where that was measured. */
  impostors: impostorCurve.optional(),
});

const entry = z.strictObject({
  name: modelName,
  /** What it is, in one line. */
  summary: text,
  /** What is fetched. */
  file: z.strictObject({ url: z.url(), sha256, sizeBytes: z.int().min(1).optional() }),
  license,
  models: z.array(model).min(1),
});

type Parsed = z.infer<typeof entry>;
type ParsedModel = z.infer<typeof model>;

export type ModelLicense = z.infer<typeof license>;
export type ModelTask = ParsedModel['task'];
/** One network of an entry. */
export interface CatalogueModel extends Omit<ParsedModel, 'conventions'> {
  conventions?: ConventionOptions | undefined;
}
/** A published model, or an archive of a detector and a recognizer: where it is, what it is, who may use it. */
export interface CatalogueEntry extends Omit<Parsed, 'models'> {
  models: CatalogueModel[];
}

const catalogue = z.strictObject({ format: z.literal('semblance-catalogue/1'), models: z.array(entry) });

/**
 * Checks a catalogue of one's own: `{ "format": "semblance-catalogue/1", "models": […] }`.
 *
 * @param place where it comes from, for the message
 * @throws SemblanceError DATA_INVALID naming the key that is wrong
 */
export function parseCatalogue(value: unknown, place: string): CatalogueEntry[] {
  const flaw = check(catalogue, value, { whole: 'the catalogue' });
  if (flaw)
    throw new SemblanceError('DATA_INVALID', `${place} is not a catalogue of models: ${flaw.message}`);
  const { models } = value as z.infer<typeof catalogue>;
  for (const { name, models: parts } of models) {
    if (new Set(parts.map(({ task }) => task)).size < parts.length)
      throw new SemblanceError('DATA_INVALID', `${place}: ${name} has two models of one task`);
    if (parts.length > 1 && parts.some(({ member }) => !member))
      throw new SemblanceError(
        'DATA_INVALID',
        `${place}: each model of ${name} needs the member of its archive`,
      );
  }
  return models as CatalogueEntry[];
}

/** What a file is called at its place, and so in a folder or mirror that holds it. */
export function fileNameOf({ file }: Pick<CatalogueEntry, 'file'>): string {
  return basename(decodeURIComponent(new URL(file.url).pathname));
}

import { z } from 'zod';

/**
 * Parts of schemas that several routes share. What comes in is read leniently, as clients write it: a query is text, and JSON
 * may give a number as text or text as a number. What goes out is what its schema says, and nothing else.
 */

const toNumber = (given: unknown): unknown => {
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : Number.NaN;
  return Number.isNaN(value) ? given : value;
};
const numeric = <T extends z.ZodType>(schema: T) => z.preprocess(toNumber, schema);

/** A number that is asked for. */
export const givenNumber = numeric(z.number());

/** A whole number that is asked for, from `min` to `max`. */
export const givenCount = (min = 0, max = Number.MAX_SAFE_INTEGER) => numeric(z.int().min(min).max(max));

/** Yes or no that is asked for: also as text, as Python writes it, and as 1 or 0. */
export const givenFlag = z.preprocess((value) => {
  const text = String(value).toLowerCase();
  return ['true', '1'].includes(text) ? true : ['false', '0'].includes(text) ? false : value;
}, z.boolean());

/** Text that is asked for, of so many characters (code points, as JSON Schema counts them). */
export const givenText = (min = 0, max = Infinity) =>
  z.preprocess(
    (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
    z
      .string()
      .refine((text) => text.length >= min, `expected at least ${min} character${min === 1 ? '' : 's'}`)
      .refine((text) => text.length <= max || [...text].length <= max, `expected at most ${max} characters`)
      .meta({ ...(min > 0 ? { minLength: min } : {}), ...(max < Infinity ? { maxLength: max } : {}) }),
  );

export const count = z.int().min(0);
/** Many numbers, or lists of them, that are not looked at one by one here. */
export const numbers = z
  .custom<unknown[]>(Array.isArray, {
    error: ({ input }) => (input === undefined ? undefined : 'expected a list'),
  })
  .meta({ type: 'array' });

const box = z
  .object({
    probability: z.number().describe('How sure the detector is, 0 to 1.'),
    x_min: z.number(),
    y_min: z.number(),
    x_max: z.number(),
    y_max: z.number(),
  })
  .meta({
    id: 'Box',
    description: 'Where a face is, in pixels of the picture.',
    examples: [{ probability: 0.99871, x_min: 548, y_min: 295, x_max: 1420, y_max: 1368 }],
  });
const landmarks = z
  .array(z.array(z.number()))
  .describe('Five points [x, y] in pixels: left eye, right eye, nose, left and right corner of the mouth.');
export const subjectHit = z
  .object({
    subject: z.string(),
    similarity: z.number().describe('Cosine of the two embeddings, −1 to 1.'),
  })
  .meta({
    id: 'SubjectHit',
    description: 'Somebody a face may be.',
    examples: [{ subject: 'Ada', similarity: 0.83127 }],
  });
export const storedFace = z.object({ image_id: z.string(), subject: z.string() }).meta({
  id: 'StoredFace',
  description: 'An enrolled face.',
  examples: [{ image_id: '42', subject: 'Ada' }],
});

/** Query of routes that look for faces. */
export const detectQuery = z.object({
  det_prob_threshold: numeric(z.number().min(0).max(1)).optional().describe('Least score of a face.'),
  limit: givenCount().prefault(0).describe('Most faces, the biggest first; 0 for all.'),
  face_plugins: givenText()
    .prefault('')
    .describe('What else is wanted, parted by commas: calculator (the embedding).'),
  status: givenFlag.prefault(false).describe('Adds how long each step took, and the models.'),
});
export type DetectQuery = z.output<typeof detectQuery>;

const executionTime = z
  .object({ decode: z.number(), detector: z.number(), calculator: z.number(), search: z.number() })
  .meta({ id: 'ExecutionTime', description: 'Milliseconds of each step; with `status=true`.' });
export const pluginVersions = z
  .object({ detector: z.string(), calculator: z.string() })
  .meta({ id: 'PluginVersions', description: 'The models by their ids; with `status=true`.' });

/** What every answer says of a face. */
export const seenFace = {
  box,
  landmarks,
  embedding: z.array(z.number()).optional().describe('With `face_plugins=calculator`.'),
  execution_time: executionTime.optional(),
};
/** What one says that was compared with another. */
export const comparedFace = {
  ...seenFace,
  similarity: z.number(),
  threshold: z.number(),
  is_match: z.boolean(),
};

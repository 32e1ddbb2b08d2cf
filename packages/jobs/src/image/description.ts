import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { check } from '@semblance/core/schema';
import { z } from 'zod';
import { SemblanceError } from '../error.ts';

const text = z.string().min(1);
const imagePath = z
  .string()
  .regex(/^\/(?!.*(^|\/)\.\.(\/|$)).+/)
  .meta({ expected: 'an absolute path in the image' });

/** The base that is made here of Debian's packages. */
export const DEBIAN_BASE = 'debian-slim';

const schema = z.strictObject({
  /** `debian-slim`, the name of an image, or `oci:FOLDER[:NAME]`. */
  base: text.default(DEBIAN_BASE),
  /** Packages of Debian besides. */
  apt: z.array(text).default([]),
  /** File with apt's sources for the base of packages, such as /etc/apt/sources.list; this machine's unless given. */
  aptSources: text.optional(),
  /** Packages of npm besides ours, such as `left-pad@1.3.0`; code in the image imports them by name. */
  npm: z.array(text).default([]),
  /** Files and folders by their place in the image. */
  files: z.record(imagePath, text).default({}),
  with: z
    .strictObject({
      code: text.optional(),
      data: text.optional(),
      gallery: text.optional(),
      /** Folders of models; each keeps its name. */
      models: z.array(text).default([]),
    })
    .default({ models: [] }),
  env: z.record(z.string(), z.string()).default({}),
  labels: z.record(z.string(), z.string()).default({}),
  /** Arguments of the entry point where a container is given none. */
  command: z.array(text).optional(),
});

/** What an image is made of: `image.json`. */
export type ImageDescription = z.output<typeof schema>;
export type ImageDescriptionInput = z.input<typeof schema>;

/** A description with presets for what it leaves out. @throws OCI_DESCRIPTION_INVALID */
export function imageDescription(value: unknown, whole = 'the description'): ImageDescription {
  const flaw = check(schema, value, { whole });
  if (flaw)
    throw new SemblanceError('OCI_DESCRIPTION_INVALID', flaw.message, { details: { key: flaw.path } });
  return schema.parse(value);
}

/**
 * The description in a file; paths in it are relative to its folder.
 *
 * @throws OCI_DESCRIPTION_INVALID, PATH_NOT_FOUND
 */
export async function readDescription(path: string): Promise<ImageDescription> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (cause) {
    throw new SemblanceError('PATH_NOT_FOUND', `there is no image description at ${path}`, { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new SemblanceError(
      'OCI_DESCRIPTION_INVALID',
      `${path} is not valid JSON: ${(cause as Error).message}`,
      { cause },
    );
  }
  const description = imageDescription(value, path);
  const at = (relative: string): string => resolve(dirname(path), relative);
  const { code, data, gallery, models } = description.with;
  return {
    ...description,
    files: Object.fromEntries(Object.entries(description.files).map(([place, from]) => [place, at(from)])),
    with: {
      ...(code !== undefined && { code: at(code) }),
      ...(data !== undefined && { data: at(data) }),
      ...(gallery !== undefined && { gallery: at(gallery) }),
      models: models.map(at),
    },
  };
}

import { join } from 'node:path';
import { readTextFile } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { csvRows } from '../tables/csv.ts';
import type { IdentificationPlan, Template } from './identification-plan.ts';

const REQUIRED = ['template', 'subject', 'photo'] as const;

/**
 * Reads an identification test of templates, as IJB-B and IJB-C have them: CSV with the columns `template`, `subject`,
 * `photo` (below `data`), `role` (gallery or probe) and, where frames of one video are to count as one, `medium`.
 *
 * Probes of subjects that have no gallery template are strangers.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_INVALID with the line's number; DATA_EMPTY without a gallery or probes.
 */
export async function readTemplatePlan(file: string, data: string): Promise<IdentificationPlan> {
  return parseTemplatePlan(await readTextFile(file), data, file);
}

/** {@link readTemplatePlan} on text; `source` names it in errors. */
export function parseTemplatePlan(text: string, data: string, source = 'templates'): IdentificationPlan {
  const all = [...parseTemplates(text, data, source, ['gallery', 'probe']).values()];
  const of = (wanted: string): Template[] =>
    all.filter(({ role }) => role === wanted).map(({ subject, photos }) => ({ subject, photos }));
  const [enrolled, probes] = [of('gallery'), of('probe')];
  if (enrolled.length === 0 || probes.length === 0) {
    throw new SemblanceError(
      'DATA_EMPTY',
      `no ${enrolled.length === 0 ? 'gallery' : 'probe'} template in ${source}`,
    );
  }
  const known = new Set(enrolled.map(({ subject }) => subject));
  return {
    enrolled,
    probes: probes.filter(({ subject }) => known.has(subject)),
    strangers: probes.filter(({ subject }) => !known.has(subject)),
  };
}

/** The templates of such a file by name, whatever their roles. */
export async function readTemplates(file: string, data: string): Promise<Map<string, Template>> {
  return parseTemplates(await readTextFile(file), data, file, null);
}

/** @param roles what the column `role` may say; null where it does not count */
function parseTemplates(
  text: string,
  data: string,
  source: string,
  roles: readonly string[] | null,
): Map<string, Template & { role: string }> {
  const [head, ...lines] = csvRows(text, source);
  const missing = [...REQUIRED, ...(roles ? ['role'] : [])].filter((name) => !head?.fields.includes(name));
  if (missing.length > 0) {
    throw new SemblanceError(
      'DATA_INVALID',
      `${source}: the head line names no column ${missing.join(', ')}`,
    );
  }
  const templates = new Map<string, Template & { role: string }>();
  for (const { line, fields } of lines) {
    const value = (column: string): string => fields[head!.fields.indexOf(column)] ?? '';
    const invalid = (message: string) => new SemblanceError('DATA_INVALID', `${source}:${line}: ${message}`);
    const [id, subject, name] = REQUIRED.map(value) as [string, string, string];
    const role = roles ? value('role') : '';
    if (id === '' || subject === '' || name === '')
      throw invalid('expected a template, a subject and a photo');
    if (roles && !roles.includes(role))
      throw invalid(`expected the role ${roles.join(' or ')} but received ${role}`);
    const face = { photo: { name, path: join(data, name) }, medium: value('medium') || name };
    const template = templates.get(id);
    if (!template) templates.set(id, { subject, role, photos: [face] });
    else if (template.subject !== subject || template.role !== role) {
      throw invalid(`template ${id} has another subject or role above`);
    } else template.photos.push(face);
  }
  return templates;
}

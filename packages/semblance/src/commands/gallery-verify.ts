import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  gallery?: string;
  state?: string;
  format: 'table' | 'json';
}

export const galleryVerifyCommand = defineCommand<Options>({
  path: ['gallery', 'verify'],
  opensGalleries: true,
  summary: 'reads all of a gallery and says whether it is whole',
  description:
    'The database page by page, every embedding and crop, those that are encrypted included, the changes of names, and whether ' +
    'the index has every face and finds it. With --state also the audit of the service. Exit code 1: something is damaged.',
  examples: [
    ['semblance gallery verify people', 'also while it is in use'],
    ['semblance gallery verify /backups/people-monday', 'a backup'],
    ['semblance gallery verify people --state ./service', 'and what the service wrote down of its changes'],
  ],
  configure(command) {
    command
      .argument('[gallery]', 'a name or a folder (default: the only gallery that has a name)')
      .option('--state <dir>', 'the folder of the service, whose audit is verified too')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ gallery: given, state, format }, io) {
    const { findGallery, galleryKeys, verifyGallery } = await import('@semblance/face/gallery');
    const path = await findGallery(given, io.env);
    const { checks } = await verifyGallery(path, { keys: galleryKeys({}, io.env) });
    const all: { what: string; isWhole: boolean; message: string }[] = [...checks];
    if (state !== undefined) all.push(await auditOf(state));
    const isWhole = all.every((check) => check.isWhole);
    if (format === 'json') io.out(JSON.stringify({ gallery: path, isWhole, checks: all }));
    else {
      const rows = all.map((check) => [check.what, check.isWhole ? 'whole' : 'DAMAGED', check.message]);
      for (const line of formatTable([['what', '', 'found'], ...rows])) io.out(line);
    }
    return isWhole ? 0 : 1;
  },
});

async function auditOf(state: string) {
  const { AUDIT_FILE, readAudit } = await import('@semblance/serve/audit');
  const { join } = await import('node:path');
  const { numLines, flaw } = await readAudit(join(state, AUDIT_FILE), { folder: state });
  const message = flaw ? `line ${flaw.line}: ${flaw.why}` : `${numLines} lines, each as it was written`;
  return { what: 'audit', isWhole: !flaw, message };
}

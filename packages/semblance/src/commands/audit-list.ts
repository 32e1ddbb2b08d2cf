import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  file?: string;
  state?: string;
  subject?: string;
  format: 'table' | 'json';
}

export const auditListCommand = defineCommand<Options>({
  path: ['audit', 'list'],
  summary: 'lists who changed what: people, deployments, keys',
  examples: [
    ['semblance audit list', 'every change, oldest first'],
    [
      'semblance audit list --subject "Ada Lovelace" --format json',
      'those of one person, whose name the audit does not hold',
    ],
  ],
  configure(command) {
    command
      .argument('[file]', 'an audit that was moved away (default: audit.jsonl in the folder of the service)')
      .option(
        '--state <dir>',
        'the folder of the service, which has the secret (default: ~/.semblance/service)',
      )
      .option('--subject <name>', 'only what changed this person')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ file, state, subject, format }, io) {
    const { AUDIT_FILE, AuditSecret, readAudit } = await import('@semblance/serve/audit');
    const { defaultServiceDir } = await import('@semblance/serve');
    const { join } = await import('node:path');
    const folder = state ?? defaultServiceDir(io.env);
    const path = file ?? join(folder, AUDIT_FILE);
    const hash = subject === undefined ? undefined : (await AuditSecret.read(folder))?.hashOf(subject);
    const rows: (string | number)[][] = [];
    const { flaw } = await readAudit(path, {
      folder,
      told(entry) {
        if (subject !== undefined && entry.subject !== hash && entry.to !== hash) return;
        if (format === 'json') return io.out(JSON.stringify(entry));
        const { time, by, action, faces = [], outcome, reqId } = entry;
        const what = entry.target ?? entry.subject?.slice(0, 12) ?? faces.join(' ');
        rows.push([time, by, action, what, outcome, reqId ?? '']);
      },
    });
    const head = ['time', 'by', 'action', 'of', 'outcome', 'request'];
    if (format === 'table') for (const line of formatTable([head, ...rows])) io.out(line);
    if (flaw === null) return 0;
    io.err(`${path}, line ${flaw.line}: ${flaw.why}; what comes after it is not shown`);
    return 1;
  },
});

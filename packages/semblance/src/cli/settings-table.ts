import { Command, type Option } from 'commander';
import { settingsOf, takesPairs, variableOf } from './configured.ts';

/** A table in Markdown of what a command's options are called on the command line, in the environment and in a file. */
export function settingsTable(addOptions: (command: Command) => void, prefix: string): string {
  const command = new Command();
  addOptions(command);
  const rows = settingsOf(command).map((option) => [
    `\`${option.flags}\``,
    `\`${variableOf(option, prefix)}\``,
    `\`"${option.attributeName()}": ${kindOf(option)}\``,
    option.description + choicesOf(option) + presetOf(option),
  ]);
  const head = [
    ['flag', 'variable', 'in the file', 'what it sets'],
    ['---', '---', '---', '---'],
  ];
  return [...head, ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');
}

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');

function kindOf(option: Option): string {
  if (option.isBoolean()) return 'true';
  if (option.variadic) return '["…"]';
  if (takesPairs(option)) return '{ "…": … }';
  return typeof option.defaultValue === 'number' || option.flags.includes('<n>') ? '…' : '"…"';
}

const choicesOf = ({ argChoices }: Option): string => (argChoices ? `: ${argChoices.join(', ')}` : '');

/** Where the description does not say it itself. */
const presetOf = ({ defaultValue, description }: Option): string =>
  defaultValue === undefined || description.includes('(default') ? '' : ` (${defaultValue})`;

/** Characters that move a terminal's cursor, colour it or worse: all controls but tab, and marks that turn text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A line for a terminal: what a name or a log smuggles in is shown as `\x1b`, and does nothing. */
export const printable = (line: string): string =>
  line.replace(controls, (char) => {
    const code = char.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });

/** Colours and weights of text: the one thing that a log may do to a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const colours = /(\u001b\[[\d;]*m)/;

/** {@link printable} for a line of a log, which may have colours; of what a progress bar wrote over itself the last is left. */
export function printableLog(line: string): string {
  const last = line.replace(/\r+$/, '').split('\r').at(-1)!;
  return last
    .split(colours)
    .map((part, i) => (i % 2 === 1 ? part : printable(part)))
    .join('');
}

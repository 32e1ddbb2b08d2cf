/** The lines of a list: blank ones and those that begin with # say nothing. */
export const linesOf = (text: string): string[] =>
  text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));

/** The words of a command line, as a shell splits them; what follows a # at the beginning of a word is a comment. */
export function words(line: string): string[] {
  const found: string[] = [];
  const word = /\s*(?:(#.*$)|((?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+))/gy;
  for (const [, comment, text] of line.trimEnd().matchAll(word)) {
    if (comment !== undefined) break;
    found.push(
      text!.replace(
        /"([^"]*)"|'([^']*)'|\\(.)/g,
        (_, double, single, escaped) => double ?? single ?? escaped,
      ),
    );
  }
  return found;
}

/** The calls of semblance in the shell blocks (```sh) of a document, continued lines joined. */
export function shellLines(markdown: string): string[] {
  return [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block]) => block!.replace(/\\\n\s*/g, '').split('\n'))
    .map((line) =>
      line
        .trim()
        .replace(/^\$ /, '')
        .replace(/^(npx|scripts\/)\s*(?=semblance )/, ''),
    )
    .filter((line) => line.startsWith('semblance '));
}

/** The calls of semblance within the sentences and tables of a document: `semblance jobs show JOB/V0003`. */
export function mentions(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/`(?:npx |scripts\/)?(semblance [a-z][^`]*)`/g)].map(([, call]) =>
    call!.replace(/\s+/g, ' '),
  );
}

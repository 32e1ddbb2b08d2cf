/** `{name}`; not a shell's `${name}`, and `{{name}}` as the text `{name}` itself. */
const placeholder = /(?<!\$)\{\{([A-Za-z_][\w.-]*)\}\}|(?<!\$)\{([\w.-]+)\}/g;

/**
 * Fills `{name}` in the words of a command; a name that is not known, and `${name}`, which is a shell's, stay. `{{name}}`
 * becomes `{name}`.
 *
 * @returns the words, and which names were found in them
 */
export function fillPlaceholders(
  command: readonly string[],
  values: Readonly<Record<string, string>>,
): { words: string[]; used: ReadonlySet<string> } {
  const used = new Set<string>();
  const words = command.map((word) =>
    word.replace(placeholder, (whole, text: string | undefined, name: string) => {
      if (text !== undefined) return `{${text}}`;
      if (!Object.hasOwn(values, name)) return whole;
      used.add(name);
      return values[name]!;
    }),
  );
  return { words, used };
}

/** The names that a command asks for; of `{1..3}` and `{.Names}`, which are no names, none. */
export function placeholdersIn(command: readonly string[]): string[] {
  const names = command.flatMap((word) => [...word.matchAll(placeholder)].map(([, , name]) => name ?? ''));
  return [...new Set(names.filter((name) => /^[A-Za-z_]/.test(name)))];
}

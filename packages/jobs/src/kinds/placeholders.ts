/**
 * Fills `{name}` in the words of a command; a name that is not known, and `${name}`, which is a shell's, stay.
 *
 * @returns the words, and which names were found in them
 */
export function fillPlaceholders(
  command: readonly string[],
  values: Readonly<Record<string, string>>,
): { words: string[]; used: ReadonlySet<string> } {
  const used = new Set<string>();
  const words = command.map((word) =>
    word.replace(/(?<!\$)\{([\w.-]+)\}/g, (whole, name: string) => {
      if (!Object.hasOwn(values, name)) return whole;
      used.add(name);
      return values[name]!;
    }),
  );
  return { words, used };
}

/**
 * Names in lists of one a line: as they are, or as a JSON string where they would not come back so (a line break or a
 * tab, blanks at an end, a quote at the start). A folder may be called `Ann\nLee`; everyone after her keeps their name.
 */
export const nameText = (name: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a line
  /[\u0000-\u001f]/.test(name) || name.startsWith('"') || name !== name.trim() ? JSON.stringify(name) : name;

/** The name that {@link nameText} wrote; blanks around it are left out. */
export function nameIn(text: string): string {
  const trimmed = text.trim();
  if (!/^"(?:[^"\\]|\\.)*"$/.test(trimmed)) return trimmed;
  try {
    return JSON.parse(trimmed) as string;
  } catch {
    return trimmed; // quotes of someone else
  }
}

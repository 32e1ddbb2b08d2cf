/**
 * Figures of a run as JSON, one object a line. JSON has no number that is not finite: we write such a one as the string
 * "NaN", "Infinity" or "-Infinity", and read these, and the bare words that Python's `json` writes, as the numbers
 * they are.
 */

const numbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** A value as JSON on one line; numbers that are not finite as strings. */
export function figuresText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  );
}

/** The value of JSON with numbers that are not finite, as strings or as bare words. @throws SyntaxError */
export function parseFigures(text: string): unknown {
  const toNumber = (_: string, part: unknown) =>
    typeof part === 'string' && Object.hasOwn(numbers, part) ? numbers[part] : part;
  const written = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(written, toNumber);
  } catch {
    // strings are matched too, so that a word within one stays as it is
    const quoted = written.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (part) =>
      part.startsWith('"') ? part : `"${part}"`,
    );
    return JSON.parse(quoted, toNumber);
  }
}

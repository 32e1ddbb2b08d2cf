/** A line of JSON as people read it: the time of day, how bad, the words, then the facts as name=value. */
export function prettyLine(json: string): string {
  const { level, time, text, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const facts = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}=${wordOf(value)}`);
  return `${String(time).slice(11, 23)} ${String(level).padEnd(5)} ${String(text)}${facts.join('')}`;
}

/** In quotes where it would be taken for more than one. */
const wordOf = (value: unknown): string =>
  typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);

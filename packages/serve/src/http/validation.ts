import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { SemblanceError } from '../error.ts';

/** How much of what is wrong is said. */
const MAX_COMPLAINTS = 3;
const MISSING = 'this is missing';

/** Checks a part of a request by its schema; the route is handed what the schema makes of it. */
export const checkBySchema: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = 'request' }) => {
  return (given) => {
    // `?limit=&status=` gives nothing: what is empty is as if it were not there
    const value =
      httpPart === 'querystring'
        ? Object.fromEntries(Object.entries(given ?? {}).filter(([, text]) => text !== ''))
        : given;
    const { data, error } = schema.safeParse(value, { error: complaintOf });
    if (!error) return { value: data };
    const complaints = error.issues.map(
      ({ path, message }) => `${[httpPart, ...path].join('/')}: ${message}`,
    );
    const details = { isMissing: error.issues[0]?.message === MISSING };
    const message = complaints.slice(0, MAX_COMPLAINTS).join('; ');
    return { error: new SemblanceError('REQUEST_INVALID', message, { details }) };
  };
};

const nouns: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const items = (origin: string, number: number | bigint): string =>
  origin === 'array' ? `${number} item${number === 1 ? '' : 's'}` : String(number);

/** In our words what zod says in its own; a schema's own words, where it has some, come first. */
const complaintOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return MISSING;
  const expected = expectedBy(issue);
  const { input } = issue;
  const isShort = typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean';
  return (
    expected && (isShort ? `${expected} but received ${String(input).slice(0, 40) || 'nothing'}` : expected)
  );
};

function expectedBy(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${nouns[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `expected at least ${items(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `expected at most ${items(issue.origin, issue.maximum)}`;
    case 'invalid_value':
      return `expected ${issue.values.join(' or ')}`;
    case 'invalid_format':
      return `expected text that matches ${issue.pattern ?? issue.format}`;
    case 'unrecognized_keys':
      return `expected no ${issue.keys.join(', ')}`;
    default:
      return undefined;
  }
}

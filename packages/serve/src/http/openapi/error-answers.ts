import { STATUS_CODES } from 'node:http';
import { type ErrorCode, errorEntry } from '../../error.ts';
import { type Compat, contractOf } from '../contracts.ts';
import { answeredStatus } from '../errors.ts';
import type { RouteConfig } from '../service.ts';

const text = { type: 'string' };
const retryAfter = {
  'retry-after': {
    description: 'Seconds after which it is worth trying again.',
    schema: { type: 'integer' },
  },
};

/** The shapes of errors: one for all routes, but for those that keep to somebody else's contract. */
export const errorSchemas = {
  Error: {
    type: 'object',
    description: 'What was wrong, for people and for programs.',
    properties: {
      message: { ...text, description: 'One sentence about this very case.' },
      code: { type: 'integer', description: 'CompreFace’s number; 0 where it has none.' },
      error: { ...text, description: 'Our code, by which programs decide.' },
    },
    required: ['message', 'code', 'error'],
  },
  InferenceError: {
    type: 'object',
    description: 'What was wrong, as the Open Inference Protocol has it.',
    properties: { error: { ...text, description: 'One sentence about this very case.' } },
    required: ['error'],
  },
  JobError: {
    type: 'object',
    description: 'What was wrong, as ModelArts has it.',
    properties: {
      is_success: { type: 'boolean', const: false },
      error_code: { ...text, description: 'Our code, by which programs decide.' },
      error_msg: { ...text, description: 'One sentence about this very case.' },
    },
    required: ['is_success', 'error_code', 'error_msg'],
  },
};

/** Each shape by what routes call it, with the property that holds the code. */
const shapes = {
  own: { name: 'Error', codeIn: 'error' },
  'inference-protocol': { name: 'InferenceError', codeIn: null },
  'model-arts': { name: 'JobError', codeIn: 'error_code' },
} as const;

/** Answers to requests that failed, by status: each with the codes that it may have, and what they mean. */
export function errorAnswers(
  url: string,
  codes: readonly ErrorCode[],
  shape: RouteConfig['errors'] = undefined,
  compat: Compat,
): Record<string, object> {
  const contract = contractOf(url, compat);
  const byStatus = Map.groupBy(codes, (code) => answeredStatus(code, contract));
  const statuses = [...byStatus.keys()].sort();
  return Object.fromEntries(
    statuses.map((status) => [status, answer(status, byStatus.get(status)!, shapes[shape ?? 'own'])]),
  );
}

type Shape = (typeof shapes)[keyof typeof shapes];

function answer(status: number, codes: readonly ErrorCode[], { name, codeIn }: Shape): object {
  const meanings = codes.map((code) => `- \`${code}\`: ${errorEntry(code).sentence}`);
  const $ref = `#/components/schemas/${name}`;
  const narrowed = { type: 'object', properties: { [codeIn ?? '']: { type: 'string', enum: codes } } };
  const schema = codeIn === null ? { $ref } : { allOf: [{ $ref }, narrowed] };
  return {
    description: `${STATUS_CODES[status]}\n\n${meanings.join('\n')}`,
    ...([429, 503].includes(status) ? { headers: retryAfter } : {}),
    content: { 'application/json': { schema } },
  };
}

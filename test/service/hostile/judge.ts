import type { Exchange, WireAnswer } from './exchange.ts';
import type { WireRequest } from './request.ts';

/** What a busy service may say. */
const sheds = ['OVERLOADED', 'NOT_READY', 'SHUTTING_DOWN', 'WORKER_LOST'];
/** Longest sentence of a refusal, in bytes: nobody is answered with what they have sent. */
const MOST_BYTES = 2500;

/** What is wrong with what a service answered; null where nothing is. `secrets` are words that no caller may be told. */
export function complaintOf(
  request: WireRequest,
  { answers, rest, isClosed }: Exchange,
  secrets: readonly string[],
): string | null {
  // bytes that are no request are refused with a body, whatever they asked for
  if (rest.length > 0 && !request.isHead)
    return `${rest.length} bytes that are no answer: ${rest.toString('latin1', 0, 80)}`;
  if (answers.length === 0) {
    if (request.end === 'leave' || (request.mayBeSilent && isClosed)) return null;
    return isClosed ? 'closed without an answer' : 'no answer';
  }
  for (const answer of answers) {
    const complaint = complaintOfAnswer(request, answer, secrets);
    if (complaint !== null) return `${answer.status}: ${complaint}`;
  }
  return null;
}

function complaintOfAnswer(
  request: WireRequest,
  answer: WireAnswer,
  secrets: readonly string[],
): string | null {
  const { status, headers, body } = answer;
  const text = body.toString('utf8');
  // an administrator reads where a deployed model lies
  const secret = status < 400 ? undefined : secrets.find((word) => text.includes(word));
  if (secret !== undefined) return `it tells ${secret}: ${text.slice(0, 300)}`;
  const isJson = /^application\/json/.test(headers.get('content-type') ?? '');
  if (status < 400) {
    if (!request.isHead && isJson && headers.has('content-length') && !isParsed(text)) return 'no JSON';
    return null;
  }
  // bytes that are no request have no id, and end the connection
  if (!headers.has('x-request-id') && headers.get('connection') !== 'close') return 'no x-request-id';
  // without a body no code: 501 is that of a service without jobs
  if (request.isHead) return status < 500 || [501, 503].includes(status) ? null : 'a fault of the service';
  if (!isJson) return `a refusal of type ${headers.get('content-type')}: ${text.slice(0, 100)}`;
  if (body.length > MOST_BYTES) return `a refusal of ${body.length} bytes`;
  const said = parsed(text);
  const code = codeOf(said);
  if (code === undefined) return `a refusal in another shape: ${text.slice(0, 300)}`;
  // a service without jobs has none of their routes' answers
  if (status === 501 && code === 'JOBS_UNSUPPORTED') return null;
  if (status >= 500 && status !== 503) return `a fault of the service: ${text.slice(0, 300)}`;
  if (status === 503) {
    // the protocol's errors name no code
    if (code !== null && !sheds.includes(code)) return `503 with ${code}`;
    if (!headers.has('retry-after')) return 'a shed without retry-after';
  }
  return null;
}

/** The code of a refusal in one of the three shapes, null where the shape has none; undefined for any other shape. */
function codeOf(said: unknown): string | null | undefined {
  if (typeof said !== 'object' || said === null) return undefined;
  const { error, message, code, is_success, error_code, error_msg } = said as Record<string, unknown>;
  const keys = Object.keys(said).sort().join();
  if (keys === 'error' && typeof error === 'string') return null;
  if (keys === 'code,error,message' && typeof code === 'number' && typeof message === 'string')
    return isCode(error) ? error : undefined;
  if (keys === 'error_code,error_msg,is_success' && is_success === false && typeof error_msg === 'string')
    return isCode(error_code) ? error_code : undefined;
  return undefined;
}

const isCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Z][A-Z0-9_]+$/.test(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
const isParsed = (text: string): boolean => parsed(text) !== undefined;

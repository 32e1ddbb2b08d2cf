import type { FastifyReply, FastifyRequest } from 'fastify';
import { asSemblanceError, type ErrorCode, errorEntry, isSemblanceError, SemblanceError } from '../error.ts';
import { type Compat, type Contract, contractOf } from './contracts.ts';
import { statusOf } from './status.ts';

/** What the framework says, by its codes or statuses, in ours. */
const frameworkCodes: Record<string, ErrorCode> = {
  FST_ERR_VALIDATION: 'REQUEST_INVALID',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'REQUEST_TYPE',
  FST_ERR_CTP_BODY_TOO_LARGE: 'REQUEST_TOO_LARGE',
  FST_REQ_FILE_TOO_LARGE: 'REQUEST_TOO_LARGE',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'REQUEST_TYPE',
  FST_ERR_NOT_FOUND: 'ROUTE_NOT_FOUND',
};
const statusCodes: Record<number, ErrorCode> = {
  400: 'REQUEST_INVALID',
  404: 'ROUTE_NOT_FOUND',
  413: 'REQUEST_TOO_LARGE',
  415: 'REQUEST_TYPE',
  503: 'SHUTTING_DOWN',
};

/** Whether it is the caller's doing; what a deployed model or a gallery does never is. */
export const isCallersFault = (error: unknown): boolean => isOfCaller(asServiceError(error).code);
const isOfCaller = (code: ErrorCode): boolean =>
  statusOf(code) < 500 && !/^(MODEL_|GALLERY_MODEL)/.test(code);

/** Whether a disk of the service's own refuses, or a file of its own is damaged: no model's doing. */
export const isOfState = (error: unknown): boolean =>
  /^(STORAGE_(FULL|READ_ONLY|FAILED)|DATA_CORRUPT|GALLERY_(CORRUPT|KEY_MISSING|KEY_WRONG))$/.test(
    asServiceError(error).code,
  );

/** The status by which an error is answered: what is not the caller's doing is never answered as if it were. */
export const answeredStatus = (code: ErrorCode, contract: Pick<Contract, 'statusOf'>): number =>
  isOfCaller(code) ? contract.statusOf(code) : Math.max(500, statusOf(code));

/** Any error as one of ours. */
export function asServiceError(error: unknown): SemblanceError {
  if (isSemblanceError(error)) return error;
  const {
    code = '',
    statusCode = 500,
    message = '',
  } = (error ?? {}) as {
    code?: string;
    statusCode?: number;
    message?: string;
  };
  const known = frameworkCodes[code] ?? statusCodes[statusCode];
  // what the disk refuses; a file that is not there is no caller's doing: they name none
  const own = asSemblanceError(error);
  if (own.fault === 'ours' && own.code !== 'INTERNAL') return own;
  if (known === undefined) return new SemblanceError('INTERNAL', undefined, { cause: error });
  return new SemblanceError(known, message, { cause: error });
}

/** Seconds after which it is worth trying again. */
const retryAfter = (error: SemblanceError): number | null => {
  if (typeof error.details.retryMs === 'number') return Math.max(1, Math.ceil(error.details.retryMs / 1000));
  return statusOf(error.code) === 503 ? 1 : null;
};

/** Most characters of a sentence: what it quotes of a request may be of any length. */
const MOST_CHARACTERS = 600;

/** A refusal in CompreFace's shape, with its number where it has one. */
export const errorBody = (error: ErrorCode, message: string, code = 0) => ({ message, code, error });

/** Answers an error in the shape of the route: of the caller's doing with its sentence, of ours with nothing but its kind. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  compat: Compat,
): FastifyReply {
  const found = asServiceError(error);
  const { code } = found;
  request.failure = code;
  // the route's own address: what was sent may spell it otherwise
  const { config, url = request.url } = request.routeOptions ?? {};
  const contract = contractOf(url, compat);
  const status = answeredStatus(code, contract);
  const message = status < 500 ? shortened(found.message) : errorEntry(code).sentence;
  const wait = retryAfter(found);
  if (wait !== null) reply.header('retry-after', String(wait));
  if ((status === 413 && !isRestRead(request)) || code === 'SHUTTING_DOWN')
    reply.header('connection', 'close');
  reply.code(status);
  const errors = config?.errors;
  if (errors === 'inference-protocol' || url.startsWith('/v2')) return reply.send({ error: message });
  if (errors === 'model-arts') {
    return reply.send({ is_success: false, error_code: code, error_msg: message });
  }
  return reply.send(errorBody(code, message, contract.numberOf(found)));
}

/** Bytes of a body nobody wants that are read all the same. */
const MOST_UNWANTED_BYTES = 64 * 2 ** 20;

/**
 * Whether Node.js reads the rest of a refused body and throws it away. A connection that is closed while its other side still
 * sends is reset, and proxies and browsers then know nothing of the refusal; what is very long, or says not how long it is,
 * is not waited for.
 */
const isRestRead = ({ raw }: FastifyRequest): boolean =>
  !raw.readableDidRead && Number(raw.headers['content-length'] ?? Infinity) <= MOST_UNWANTED_BYTES;

const shortened = (message: string): string =>
  message.length > MOST_CHARACTERS ? `${message.slice(0, MOST_CHARACTERS).toWellFormed()}…` : message;

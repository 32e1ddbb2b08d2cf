/**
 * What the service refused or could not do.
 *
 * @example
 * ```ts
 * import { createClient, ServiceError } from '@semblance/client';
 *
 * // in the place of a service: one that answers as it does to a picture without a face
 * const refusal = { message: 'no face was found', code: 28, error: 'NO_FACE' };
 * const client = createClient({
 *   baseUrl: 'http://127.0.0.1:8080',
 *   fetch: async () => Response.json(refusal, { status: 400 }),
 * });
 * try {
 *   await client.recognize(new Blob(['a picture']));
 * } catch (error) {
 *   if (error instanceof ServiceError) console.log(error.status, error.code); // 400 NO_FACE
 *   else throw error;
 * }
 * ```
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** The HTTP status. */
  readonly status: number;
  /** The service's own code, as `NO_FACE`; `UNKNOWN` where something between answered in its place. */
  readonly code: string;
  /** Finds the request in the service's log. */
  readonly requestId: string | null;

  constructor(status: number, code: string, message: string, requestId: string | null) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** The error that an answer tells of, whichever of the service's shapes it has. */
export function errorOf(body: unknown, response: Response): ServiceError {
  const { error, error_code, message, error_msg, code } = (
    typeof body === 'object' && body !== null ? body : {}
  ) as Record<string, unknown>;
  const text = [message, error_msg, error].find((one): one is string => typeof one === 'string');
  // of the Open Inference Protocol `error` is the sentence, and there is no code
  const own = [error_code, code === undefined ? undefined : error].find((one) => typeof one === 'string');
  return new ServiceError(
    response.status,
    typeof own === 'string' ? own : 'UNKNOWN',
    text ?? `the service answered ${response.status} ${response.statusText}`,
    response.headers.get('x-request-id'),
  );
}

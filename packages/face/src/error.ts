/** What a code means to people, to the HTTP service and to the shell. */
interface ErrorEntry {
  /** One sentence about what the code means. */
  sentence: string;
  /** 4xx: the caller's doing; 5xx: ours. */
  httpStatus: number;
  /** 1: failed; 2: wrong usage or input. */
  exitCode: 1 | 2;
}

const usage = (sentence: string, httpStatus = 400): ErrorEntry => ({ sentence, httpStatus, exitCode: 2 });
const failure = (sentence: string, httpStatus = 500): ErrorEntry => ({ sentence, httpStatus, exitCode: 1 });

/** Every error code of the project: adding one is adding a line. */
export const errorCodes = {
  // usage
  USAGE_UNKNOWN_COMMAND: usage('There is no command of that name.'),
  USAGE_UNKNOWN_FLAG: usage('The command does not take this flag.'),
  USAGE_MISSING_ARGUMENT: usage('A required argument is missing.'),
  USAGE_INVALID_VALUE: usage('An argument has a value that is not allowed.'),
  PATH_NOT_FOUND: usage('The file or folder does not exist.', 404),
  PATH_OUTSIDE_ROOT: usage('The path leaves its folder.'),
  PATH_EXISTS: usage('The file or folder exists already and is not overwritten.', 409),

  // data
  DATA_EMPTY: usage('There is nothing to read in this place.'),
  DATA_INVALID: usage('The data does not have the layout it should have.'),
  DATA_FORBIDDEN: usage('The data asks for something to be executed, and is not read.'),
  DATA_CORRUPT: usage('A data file is damaged or cut short.'),

  // images
  IMAGE_UNREADABLE: usage('The image cannot be decoded.'),
  IMAGE_TRUNCATED: usage('The image ends before its last pixel.'),
  IMAGE_NOT_AN_IMAGE: usage('The content is not an image, whatever its name says.', 415),
  IMAGE_TOO_LARGE: usage('The image has more bytes or pixels than are accepted.', 413),
  NO_FACE: usage('No face was found in the image.'),
  FACE_LOW_QUALITY: usage('The face is too small, blurred or turned away to be used.'),
  TOO_MANY_FACES: usage('The image shows more faces than are expected here.'),

  // models
  MODEL_NOT_FOUND: usage('There is no model in this place.', 404),
  MODEL_INVALID: usage('The model file cannot be loaded.'),
  MODEL_TAMPERED: failure('A file of the model is not the one its manifest was written for.'),
  MODEL_MANIFEST_INVALID: usage('The manifest of the model is not valid.'),
  MODEL_WRONG_TASK: usage('The model does another task than the one asked for.'),
  MODEL_DIALECT_UNKNOWN: usage('The conventions of the model are not known and were not given.'),
  MODEL_DIALECT_MISMATCH: usage('The model does not follow the conventions it was said to follow.'),
  MODEL_NO_LANDMARKS: usage('The detector gives no landmarks, and faces cannot be aligned without them.'),
  MODEL_CLOSED: failure('The model was used after it had been disposed.'),
  TELEMETRY_NOT_OFF: failure(
    'The telemetry of ONNX Runtime cannot be switched off from this thread, so it is not loaded.',
  ),

  // galleries
  GALLERY_NOT_FOUND: usage('There is no gallery in this place.', 404),
  GALLERY_EXISTS: usage('There is a gallery in this place already.', 409),
  GALLERY_MODEL_MISMATCH: usage('The gallery was built with another recognizer than this one.', 409),
  GALLERY_CORRUPT: failure('The gallery is damaged.'),
  GALLERY_BUSY: failure('Another process is using the gallery.', 503),
  GALLERY_SUBJECT_NOT_FOUND: usage('The gallery knows no subject of that name.', 404),
  GALLERY_SUBJECT_EXISTS: usage('The gallery knows a subject of that name already.', 409),
  GALLERY_FACE_NOT_FOUND: usage('The gallery holds no face of that id.', 404),
  GALLERY_NO_CROPS: usage(
    'Faces of the gallery were enrolled without their pictures and cannot be embedded again.',
    409,
  ),

  // object storage
  STORAGE_URL_INVALID: usage('The text is no location of files or objects.'),
  STORAGE_NOT_FOUND: usage('There is no bucket of that name.', 404),
  STORAGE_DENIED: failure('The object store refuses the credentials, or there are none.', 502),
  STORAGE_UNREACHABLE: failure('The object store does not answer as it should.', 502),
  STORAGE_INCOMPLETE: failure('The location holds half an upload.'),
  STORAGE_CORRUPT: failure('An object or a file is not the one its checksum was taken of.'),

  // training
  RECIPE_UNKNOWN: usage('There is no recipe of that name.'),
  RECIPE_UNKNOWN_KEY: usage('The recipe has no such key.'),
  RECIPE_INVALID_VALUE: usage('A value of the recipe is of the wrong kind or out of its range.'),
  CHECKPOINT_NOT_FOUND: usage('There is no checkpoint to go on from.', 404),
  CHECKPOINT_INVALID: usage('The checkpoint does not fit this training run.'),
  TRAIN_DIVERGED: failure('The loss is no longer a finite number.'),
  TRAIN_DATA_UNUSABLE: usage('The training data holds nothing that can be learnt from.'),
  TRAIN_STOPPED: failure('Training was stopped before its end; it can be resumed.'),
  TRAIN_UNAVAILABLE: failure('The training engine is not installed.', 501),

  // jobs
  JOB_NOT_FOUND: usage('There is no job of that name.', 404),
  VERSION_NOT_FOUND: usage('The job has no such version.', 404),
  VERSION_EXISTS: usage('There is a version in that place already.', 409),
  VERSION_WRONG_STATE: usage('The version is not in a state in which this can be done.', 409),
  TASK_UNKNOWN: usage('There is no kind of task of that name.'),
  TEMPLATE_NOT_FOUND: usage('There is no template of that name.', 404),
  LOG_NOT_FOUND: usage('The version has no log of that worker.', 404),
  JOB_CREDENTIAL: usage('A credential would be stored with the version, and is not taken.'),
  JOB_RESOURCES_UNAVAILABLE: usage('More is asked for than this machine or task can give.'),
  JOB_FAILED: failure('The version that was followed did not complete.'),
  JOB_STORE_BUSY: failure('Another process is using the job store.', 503),
  JOB_STORE_INVALID: failure('The job store cannot be used.'),
  JOBS_UNSUPPORTED: failure('Jobs do not run on this system.', 501),

  // service
  KEY_MISSING: usage('The request carries no API key.', 401),
  KEY_INVALID: usage('The API key is unknown, damaged or revoked.', 401),
  KEY_FORBIDDEN: usage('The API key does not reach this far.', 403),
  KEY_NOT_FOUND: usage('There is no API key of that id.', 404),
  REQUEST_INVALID: usage('The request does not have the form it should have.'),
  REQUEST_PART_MISSING: usage('The form has no part of that name.'),
  REQUEST_TOO_LARGE: usage('The request has more bytes than are accepted.', 413),
  REQUEST_TYPE: usage('The request’s content type is not one that is understood here.', 415),
  ROUTE_NOT_FOUND: usage('There is nothing at this address.', 404),
  RATE_LIMITED: usage('The key has asked more often than it may; ask again later.', 429),
  OVERLOADED: failure('More is asked at once than can be done; ask again in a moment.', 503),
  SHUTTING_DOWN: failure('The service is ending and takes no more requests.', 503),
  SERVICE_UNREACHABLE: failure('No service answers at that address.', 502),
  DEPLOYMENT_BUSY: failure('Another deployment is in work.', 409),
  DEPLOYMENT_REFUSED: usage('What was to be deployed did not pass its tests.', 409),
  DEPLOYMENT_NOT_FOUND: usage('There is no deployment to go to.', 404),

  INTERNAL: failure('Something went wrong inside.'),
} satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCodes;

export interface SemblanceErrorOptions {
  cause?: unknown;
  /** Facts for programs: file names, received values. No pixels, no embeddings. */
  details?: Record<string, unknown>;
}

/**
 * The error people see: a stable code from {@link errorCodes} and one sentence about this very case.
 *
 * @example throw new SemblanceError('PATH_NOT_FOUND', `no such folder: ${dir}`, { details: { dir } });
 */
export class SemblanceError extends Error {
  override readonly name = 'SemblanceError';
  readonly code: ErrorCode;
  /** HTTP status of the code. */
  readonly status: number;
  /** Exit code of the command line. */
  readonly exitCode: 1 | 2;
  readonly details: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    message: string = errorCodes[code].sentence,
    options: SemblanceErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = errorCodes[code].httpStatus;
    this.exitCode = errorCodes[code].exitCode;
    this.details = options.details ?? {};
  }

  /** What a service or a line of JSON output says: no stack, no cause, no details. */
  toJSON(): { code: ErrorCode; message: string } {
    return { code: this.code, message: this.message };
  }
}

/** Whether the value is a SemblanceError, of the given code if one is given. */
export function isSemblanceError(value: unknown, code?: ErrorCode): value is SemblanceError {
  return value instanceof SemblanceError && (code === undefined || value.code === code);
}

/** The value as a SemblanceError: itself, or wrapped under `code` with the cause kept. */
export function asSemblanceError(value: unknown, code: ErrorCode = 'INTERNAL'): SemblanceError {
  if (value instanceof SemblanceError) return value;
  const message = value instanceof Error ? value.message : String(value);
  return new SemblanceError(code, message, { cause: value });
}

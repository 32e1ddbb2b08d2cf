import type { ErrorCode } from '../../error.ts';
import type { RouteConfig } from '../service.ts';

/** Of a picture that is sent. */
const ofPictures: readonly ErrorCode[] = [
  ...(['REQUEST_PART_MISSING', 'REQUEST_TYPE', 'REQUEST_INVALID'] as const),
  ...(['IMAGE_UNREADABLE', 'IMAGE_TRUNCATED', 'IMAGE_NOT_AN_IMAGE', 'IMAGE_TOO_LARGE'] as const),
];
const ofBodies: readonly ErrorCode[] = ['REQUEST_INVALID', 'REQUEST_TYPE'];
/** Of what takes the networks' time. */
const ofInference: readonly ErrorCode[] = [
  ...(['OVERLOADED', 'WORKER_LOST', 'REQUEST_TOO_COSTLY', 'MODEL_INVALID'] as const),
];
const ofKeys: readonly ErrorCode[] = [
  ...(['KEY_MISSING', 'KEY_INVALID', 'SESSION_ENDED', 'RATE_LIMITED', 'SHUTTING_DOWN'] as const),
];

/** Of what writes. */
export const ofStorage: readonly ErrorCode[] = ['STORAGE_FULL', 'STORAGE_READ_ONLY', 'STORAGE_FAILED'];
/** Of routes that search the gallery. */
export const ofGallery: readonly ErrorCode[] = [
  ...(['GALLERY_NOT_FOUND', 'GALLERY_BUSY', 'GALLERY_CORRUPT', 'OVERLOADED', 'WORKER_LOST'] as const),
];
/** Of routes that change it. */
export const ofChanges: readonly ErrorCode[] = [
  ...ofGallery,
  ...ofStorage,
  'DATA_CORRUPT',
  'DEPLOYMENT_BUSY',
];
/** Of routes of jobs. */
export const ofJobs: readonly ErrorCode[] = [
  ...(['JOBS_UNSUPPORTED', 'JOB_STORE_BUSY', 'JOB_STORE_UNREACHABLE', 'DATA_CORRUPT'] as const),
];
export const ofVersions: readonly ErrorCode[] = [
  ...ofJobs,
  'JOB_NOT_FOUND',
  'VERSION_NOT_FOUND',
  'ALIAS_NOT_FOUND',
];

/** Of routes that set what has to have a form. */
export const ofSetting: readonly ErrorCode[] = [...ofVersions, 'USAGE_INVALID_VALUE', 'VERSION_WRONG_STATE'];

/** Of routes that read a recipe. */
export const ofRecipes: readonly ErrorCode[] = [
  ...(['RECIPE_UNKNOWN', 'RECIPE_UNKNOWN_KEY', 'RECIPE_INVALID_VALUE', 'TRAIN_UNAVAILABLE'] as const),
];

/** Of routes that make versions. */
export const ofCreating: readonly ErrorCode[] = [
  ...ofVersions,
  ...([
    'TASK_UNKNOWN',
    'PATH_OUTSIDE_ROOT',
    'PATH_NOT_FOUND',
    'MODEL_NOT_FOUND',
    'MODEL_WRONG_TASK',
    'VERSION_EXISTS',
    'VERSION_WRONG_STATE',
  ] as const),
  ...(['USAGE_INVALID_VALUE', 'USAGE_MISSING_ARGUMENT', 'USAGE_UNKNOWN_FLAG', 'DATA_INVALID'] as const),
  ...(['JOB_CREDENTIAL', 'JOB_RESOURCES_UNAVAILABLE', 'EXECUTOR_UNAVAILABLE', 'EXECUTOR_REFUSED'] as const),
  'EXECUTOR_UNKNOWN',
  ...ofRecipes,
  ...(['STORAGE_URL_INVALID', 'STORAGE_NOT_FOUND', 'STORAGE_DENIED', 'STORAGE_UNREACHABLE'] as const),
];

/** Of routes that say whether requests are taken. */
export const ofReadiness: readonly ErrorCode[] = ['SHUTTING_DOWN', 'OVERLOADED', 'NOT_READY', ...ofStorage];

/** What of a route's schema decides about its errors. */
interface Checked {
  params?: unknown;
  querystring?: unknown;
  body?: unknown;
}

/** The codes of the errors that a route may answer: those of its kind, and those it names itself. */
export function codesOf(config: Partial<RouteConfig>, schema: Checked, method: string): readonly ErrorCode[] {
  const { role = 'admin', isInference, pictures, codes = [] } = config;
  const isChecked = schema.params !== undefined || schema.querystring !== undefined;
  const all: ErrorCode[] = [
    ...codes,
    ...(role === null ? [] : ofKeys),
    ...(role === null || method === 'GET' ? [] : (['SESSION_TOKEN'] as const)),
    ...(role === null || role === 'read' ? [] : (['KEY_FORBIDDEN'] as const)),
    ...(isChecked ? (['REQUEST_INVALID'] as const) : []),
    ...(schema.body === undefined ? [] : ofBodies),
    ...(pictures ? ofPictures : []),
    ...(isInference ? ofInference : []),
    // of every request its announced length is looked at
    'REQUEST_TOO_LARGE',
    'INTERNAL',
  ];
  return [...new Set(all)].sort();
}

/** Where things lie in an image. */
const ROOT = '/opt/semblance';

export const imagePlaces = {
  root: ROOT,
  /** Programs: node, semblance, the entry point; first in PATH. */
  bin: `${ROOT}/bin`,
  node: `${ROOT}/bin/node`,
  entrypoint: `${ROOT}/bin/entrypoint`,
  program: `${ROOT}/bin/semblance`,
  /** Our packages and what they need. */
  app: `${ROOT}/node_modules`,
  code: `${ROOT}/code`,
  data: `${ROOT}/data`,
  gallery: `${ROOT}/gallery`,
  models: `${ROOT}/models`,
  /** Built addons of the training engine. */
  addons: `${ROOT}/addons`,
  /** What outlives a command; a volume, where it is to outlive the container. */
  home: '/var/lib/semblance',
} as const;

/** Whom an image runs as. */
export const IMAGE_UID = 1000;
/** Where its service listens. */
export const SERVICE_PORT = 8080;

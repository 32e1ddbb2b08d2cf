/**
 * Recognition over HTTP: the service, its keys and deployments.
 *
 * @module
 */

export type { DeployRequest } from './deployments/deploy-request.ts';
export { deployedParts } from './deployments/deployed-parts.ts';
export type { PrepareProgress, Revision } from './deployments/revision.ts';
export { defaultServiceDir, keysPath } from './home.ts';
export type { Compat } from './http/contracts.ts';
export type { MachineCheck, ServiceLimits } from './http/service.ts';
export { KeyFile, type NewKeyOptions } from './keys/key-file.ts';
export { type KeyRole, keyRoles } from './keys/roles.ts';
export type { StoredKey } from './keys/stored-keys.ts';
export { createLog, type LogOptions, logFormats } from './log/create-log.ts';
export {
  type LogFields,
  type LoggedRequest,
  type LogLevel,
  logLevels,
  type ServiceLog,
} from './log/service-log.ts';
export { defaultSettings, type ServeSettings } from './settings.ts';
export {
  type RunningService,
  type ServedModels,
  type ServiceOptions,
  startService,
} from './start-service.ts';
export type { TlsFiles } from './tls/tls-pair.ts';

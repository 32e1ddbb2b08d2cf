export { allocatorEnvironment, forgetAllocator } from './allocator.ts';
export { deployedParts } from './deployments/deployed-parts.ts';
export type { DeployRequest } from './deployments/deployments.ts';
export type { PrepareProgress, Revision } from './deployments/revision.ts';
export { defaultServiceDir, keysPath } from './home.ts';
export { startService } from './http/start.ts';
export { defaultSettings } from './settings.ts';

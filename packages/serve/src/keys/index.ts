export { KeyFile, type KeyRole, keyRoles } from './key-file.ts';

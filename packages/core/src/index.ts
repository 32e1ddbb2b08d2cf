export { siblingModule } from './sibling-module.ts';

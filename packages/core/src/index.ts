export {
  asSemblanceError,
  type ErrorCode,
  isSemblanceError,
  SemblanceError,
  type SemblanceErrorOptions,
} from './error.ts';
export { siblingModule } from './sibling-module.ts';
export { didYouMean } from './suggest.ts';

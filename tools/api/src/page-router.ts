import { type Reflection, ReflectionKind } from 'typedoc';
import { ModuleRouter } from 'typedoc-plugin-markdown';

/** One page for each entry point, under its name, and one below it for each namespace. */
export class PageRouter extends ModuleRouter {
  override getIdealBaseName(reflection: Reflection): string {
    if (reflection.kindOf(ReflectionKind.Module)) return reflection.name;
    const parent = reflection.parent ? this.getIdealBaseName(reflection.parent) : '';
    return reflection.kindOf(ReflectionKind.Namespace) ? `${parent}/${reflection.name}` : parent;
  }
}

import { join } from 'node:path';
import {
  Application,
  Converter,
  type DeclarationReflection,
  IntrinsicType,
  type ProjectReflection,
  ReflectionKind,
} from 'typedoc';
import { root } from '../../../scripts/packaging/packages.ts';
import { type EntryPoint, packagesDir } from './entry-points.ts';
import { PageRouter } from './page-router.ts';

/** What pages look like: types as code, members in tables without what few readers ask for. */
const look = {
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandParameters: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  typeDeclarationVisibility: 'compact',
  propertyMembersFormat: 'table',
  indexFormat: 'table',
  tableColumnSettings: { hideInherited: true, hideOverrides: true, hideModifiers: true, hideSources: true },
  sort: ['kind', 'alphabetical'],
};

/**
 * Writes a page for each entry point below `out`, from the doc comments of what it exports.
 *
 * @throws Error where typedoc cannot read the sources
 */
export async function writePages(entries: readonly EntryPoint[], out: string): Promise<void> {
  const titles = new Map(entries.map(({ page, specifier }) => [page, specifier]));
  const app = await Application.bootstrapWithPlugins({
    entryPoints: entries.map(({ source }) => join(packagesDir, source)),
    tsconfig: join(root, 'tsconfig.build.json'),
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: out }],
    router: 'page',
    readme: 'none',
    logLevel: 'Error',
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    skipErrorChecking: true, // `npm run types` does that
    ...look,
    pageTitleTemplates: {
      // what is no entry point is a namespace of torch
      module: ({ rawName }: { rawName: string }) => titles.get(rawName) ?? `@semblance/torch: ${rawName}`,
    },
  } as object);
  app.renderer.defineRouter('page', PageRouter as never);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    withoutOperators(project);
    tidy(project);
  });
  const project = await app.convert();
  if (!project) throw new Error('typedoc could not read the packages');
  const pages = new Map(entries.map(({ source, page }) => [source.replace(/(\/index)?\.ts$/, ''), page]));
  for (const module of project.children!) module.name = pages.get(module.name)!;
  // where things stand in the sources changes with every edit
  for (const reflection of Object.values(project.reflections))
    if (reflection.isDeclaration() || reflection.isSignature()) delete reflection.sources;
  await app.generateOutputs(project);
}

/** Takes off the methods that come from libtorch's schemas: there are thousands, and they have a page of their own. */
function withoutOperators(project: ProjectReflection): void {
  const isGenerated = ({ sources }: { sources?: { fileName: string }[] | undefined }): boolean =>
    !!sources?.some(({ fileName }) => fileName.endsWith('ops.gen.ts'));
  for (const tensor of project.getReflectionsByKind(ReflectionKind.Class) as DeclarationReflection[]) {
    if (tensor.name !== 'Tensor') continue;
    for (const member of [...(tensor.children ?? [])])
      if (isGenerated(member) || member.signatures?.some(isGenerated)) project.removeReflection(member);
  }
}

/** Gives what has no name one, and leaves out what makes pages long. */
function tidy(project: ProjectReflection): void {
  for (const reflection of Object.values(project.reflections)) {
    // an argument that is taken apart where it arrives
    if (reflection.name === '__namedParameters') reflection.name = 'options';
    if (!reflection.isDeclaration()) continue;
    // an entry of a table of objects: what each holds is said by the table's type
    const isEntry =
      reflection.parent?.name === '__type' && reflection.parent.parent?.kindOf(ReflectionKind.Variable);
    if (isEntry && reflection.type?.type === 'reflection') reflection.type = new IntrinsicType('object');
  }
}

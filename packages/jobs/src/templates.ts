import { didYouMean } from '@semblance/core';
import { SemblanceError } from './error.ts';
import type { Version, VersionSpec } from './model.ts';
import { checkJobName } from './names.ts';
import type { VersionStore } from './store/version-store.ts';

/** How versions are made, kept under names. */
export class Templates {
  private readonly store: VersionStore;

  constructor(store: VersionStore) {
    this.store = store;
  }

  /** Keeps how a version is made; a template of that name is replaced. @throws USAGE_INVALID_VALUE */
  async save(version: Version, name: string): Promise<void> {
    await this.store.saveTemplate(checkJobName(name, 'a template'), version.spec);
  }

  /** By name. */
  async list(): Promise<{ name: string; spec: VersionSpec }[]> {
    const names = await this.store.templates();
    return Promise.all(
      names.map(async (name) => ({ name, spec: (await this.store.template(name)) as VersionSpec })),
    );
  }

  /** @throws TEMPLATE_NOT_FOUND */
  async get(name: string): Promise<VersionSpec> {
    const template = (await this.store.template(name)) as VersionSpec | null;
    if (template) return template;
    throw await this.missing(name);
  }

  /** @throws TEMPLATE_NOT_FOUND */
  async remove(name: string): Promise<void> {
    if (!(await this.store.removeTemplate(name))) throw await this.missing(name);
  }

  private async missing(name: string): Promise<SemblanceError> {
    const names = await this.store.templates();
    return new SemblanceError(
      'TEMPLATE_NOT_FOUND',
      `there is no template '${name}'${didYouMean(name, names)}`,
    );
  }
}

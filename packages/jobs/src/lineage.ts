import { fullName, type Version } from './model.ts';
import type { VersionRecord, VersionStore } from './store/version-store.ts';

/** What a version is connected with. */
export interface Lineage {
  /** `faces@production` */
  aliases: string[];
  /** Versions that were given this one as an input, newest first, each with what it is and came to. */
  usedBy: string[];
  /** What was done with it, oldest first. */
  records: { kind: VersionRecord['kind']; atMs: number; text: string; body: unknown }[];
}

/** Figures of an evaluation that are told beside its version. */
const MOST_FIGURES = 3;

/** Which versions used this one, how it was evaluated, and where it was deployed. */
export async function lineageOf(store: VersionStore, version: Version): Promise<Lineage> {
  const [aliases, users, records] = await Promise.all([
    store.aliases({ versionId: version.id }),
    store.list({ uses: fullName(version), newestFirst: true }),
    store.records(version.id),
  ]);
  return {
    aliases: aliases.map(({ job, name }) => `${job}@${name}`),
    usedBy: users.map((user) => {
      const figures = Object.entries(user.metrics).slice(0, MOST_FIGURES);
      const text = figures.map(([name, { value }]) => `${name} ${Number(value.toPrecision(4))}`).join(', ');
      const as = Object.entries(user.spec.uses ?? {}).find(([, name]) => name === fullName(version))![0];
      return `${fullName(user)} (${user.spec.task}, as ${as}): ${text || user.state}`;
    }),
    records: records.map(({ kind, atMs, body }) => ({ kind, atMs, text: recordText(kind, body), body })),
  };
}

function recordText(kind: VersionRecord['kind'], body: unknown): string {
  const { text } = body as { text?: unknown };
  return typeof text === 'string' ? text : kind;
}

const heading = /^## (.+)$/gm;

/** The parts of a changelog: each `## …` line with what follows it. */
function sections(changelog: string): { title: string; start: number; end: number }[] {
  const found = [...changelog.matchAll(heading)].map(({ 1: title, index }) => ({
    title: title!,
    start: index,
  }));
  return found.map((section, i) => ({ ...section, end: found[i + 1]?.start ?? changelog.length }));
}

/**
 * The changelog with its open section, `## … (unreleased)`, as that of a version and a day.
 *
 * @throws Error where no section is open, it is empty, or the version has one already
 */
export function closeSection(changelog: string, version: string, date: Date): string {
  const all = sections(changelog);
  const open = all.find(({ title }) => /unreleased/i.test(title));
  if (!open) throw new Error('CHANGELOG.md has no section "## VERSION (unreleased)": write what has changed');
  if (all.some(({ title }) => title.startsWith(`${version} (`) && title !== open.title))
    throw new Error(`CHANGELOG.md has a section of ${version} already`);
  const body = changelog.slice(open.start, open.end).replace(/^.*\n/, '');
  if (body.trim() === '') throw new Error(`CHANGELOG.md says nothing under "${open.title}"`);
  const day = date.toISOString().slice(0, 10);
  return `${changelog.slice(0, open.start)}## ${version} (${day})\n${body}${changelog.slice(open.end)}`;
}

/** What the changelog says of a version, without its heading. */
export function sectionOf(changelog: string, version: string): string {
  const section = sections(changelog).find(({ title }) => title.startsWith(`${version} (`));
  if (!section) throw new Error(`CHANGELOG.md has no section of ${version}`);
  return changelog.slice(section.start, section.end).replace(/^.*\n/, '').trim();
}

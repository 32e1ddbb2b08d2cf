/** The part of a page that lists what its entry point hands on from others, as one line of links. */
export function shortenHandedOn(page: string): string {
  const [own, handedOn] = page.split('\n## References\n');
  if (handedOn === undefined) return page;
  const links = [...handedOn.matchAll(/^(?:Re-exports|Renames and re-exports) (\[.*\]\(.*\))$/gm)].map(
    ([, link]) => link,
  );
  return `${own}\n## Also exported\n\nDocumented where they are first exported: ${links.join(', ')}.\n`;
}

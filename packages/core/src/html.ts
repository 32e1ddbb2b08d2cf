/**
 * Pages of HTML that need nothing else.
 *
 * @module
 */

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for HTML and SVG, also within an attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]!);

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

/** A page of its own: no script, no request to anywhere. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
  :root { color-scheme: light dark; --line: #8884; --soft: light-dark(#57606a, #9aa4b0); --card: #8881; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; } .lead, figcaption, small { color: var(--soft); }
  .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 1.5rem 0; }
  .figures div { background: var(--card); border-radius: .6rem; padding: .8rem 1rem; }
  .figures b { display: block; font-size: 1.7rem; }
  .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 1.5rem; }
  .photos { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .6rem; }
  .photos img { width: 100%; border-radius: .4rem; display: block; }
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: .2rem; overflow-wrap: anywhere; font-size: .75rem; }
  .pair figcaption { grid-column: 1 / 3; }
  table { border-collapse: collapse; margin: 1rem 0; } th, td { padding: .2rem .8rem .2rem 0; text-align: left; }
  tr { border-bottom: 1px solid var(--line); }
  figure { margin: 0; } svg { width: 100%; height: auto; }
  svg text { fill: currentColor; font: 11px system-ui, sans-serif; }
</style>
<body>
${body}
</body>
</html>
`;
}

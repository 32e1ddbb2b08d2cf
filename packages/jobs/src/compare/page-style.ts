/** What a page of comparison looks like, besides what all pages do. */
export const pageStyle = `
  body { max-width: 90rem; }
  h2 { margin: 2.2rem 0 .4rem; font-size: 1.15rem; } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
  h4 { font-size: .9rem; margin: 0; } p { margin: .3rem 0; }
  .table { overflow-x: auto; max-width: 100%; width: fit-content; }
  .table table { margin: 0; font-size: .875rem; font-variant-numeric: tabular-nums; border-collapse: separate; border-spacing: 0; }
  .table th, .table td { padding: .3rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; max-width: 24rem; overflow-wrap: anywhere; }
  .table tr { border: 0; } .table thead th { color: var(--soft); font-weight: 500; white-space: nowrap; vertical-align: bottom; }
  .table th:first-child { position: sticky; left: 0; background: light-dark(#fff, #121212); white-space: nowrap; font-weight: 500; padding-left: 0; }
  .table .number { text-align: right; }
  .table td.number { white-space: nowrap; min-width: 4.5rem; } .table td small { display: block; font-weight: 400; }
  .table th[scope=colgroup] { text-align: left !important; padding-bottom: 0; color: inherit; }

  .same { color: var(--soft); opacity: .7; } .best { font-weight: 700; }
  .baseline th, .baseline td { border-bottom-color: currentColor; }
  .key { width: 1.5rem; height: .5rem; vertical-align: middle; margin-right: .3rem; }
  .interval { display: block; width: 4.5rem; height: .5rem; margin: .15rem 0 0 auto; fill: var(--soft); }
  .rate { background: hsl(var(--hue, 0) 70% 50% / calc(.22 * min(1, var(--hue, -1) + 1))); }
  .misses { display: flex; gap: 1.5rem; overflow-x: auto; align-items: start; }
  .misses section { flex: 0 0 17rem; } .pairs { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }
  .pairs img { width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: .3rem; display: block; }
  .charts { grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); margin: .6rem 0; }
  .charts figcaption { font-size: .875rem; }
  details { border-bottom: 1px solid var(--line); padding: .4rem 0; } summary { cursor: pointer; }
  pre { overflow-x: auto; font-size: .8rem; line-height: 1.4; background: var(--card); padding: .8rem; border-radius: .4rem; }
  .added { color: light-dark(#116329, #7ee787); } .removed { color: light-dark(#a40e26, #ff9492); }
  .warn { color: light-dark(#9a4a00, #f0a35e); }
`;

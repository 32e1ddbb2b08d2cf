import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deployDir, renderChart } from './render-chart.ts';

// Writes deploy/kubernetes/semblance.yaml, the chart with its own values, for who has no Helm; --check says whether it is so.
const path = join(deployDir, 'kubernetes/semblance.yaml');
const manifest = `# Made from deploy/helm/semblance by npm run gen: change it there.\n${await renderChart()}`;
if (!process.argv.includes('--check')) await writeFile(path, manifest);
else if ((await readFile(path, 'utf8')) !== manifest) {
  console.error('deploy/kubernetes/semblance.yaml is not what the chart says: run npm run gen');
  process.exitCode = 1;
}
// the template engine would keep the process
process.exit();

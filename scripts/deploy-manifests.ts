import { join } from 'node:path';
import { writeOrCheck } from './generated.ts';
import { deployDir, renderChart } from './render-chart.ts';

// Writes deploy/kubernetes/semblance.yaml, the chart with its own values, for who has no Helm; --check says whether it is so.
const path = join(deployDir, 'kubernetes/semblance.yaml');
const manifest = `# Made from deploy/helm/semblance by npm run gen: change it there.\n${await renderChart()}`;
writeOrCheck(path, manifest, 'deploy/kubernetes/semblance.yaml is not what the chart says: run npm run gen');
// the template engine would keep the process
process.exit();

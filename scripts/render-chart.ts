import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@evertdespiegeleer/go-template';
import { loadAllYaml, loadYaml } from '@kubernetes/client-node';

export const deployDir = join(import.meta.dirname, '../deploy');
const chartDir = join(deployDir, 'helm/semblance');

/** An object of a rendered manifest. */
export interface Rendered {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  // biome-ignore lint/suspicious/noExplicitAny: of many kinds, each read by who knows it
  [part: string]: any;
}

/**
 * The chart as Helm renders it, by Go's own template engine; the chart uses nothing of what Helm adds to that.
 *
 * @param change what differs from values.yaml, changed in place
 */
// biome-ignore lint/suspicious/noExplicitAny: values as YAML has them
export async function renderChart(change: (values: any) => void = () => {}): Promise<string> {
  const read = (path: string): Promise<string> => readFile(join(chartDir, path), 'utf8');
  const { name, version, appVersion } = loadYaml<Record<string, string>>(await read('Chart.yaml'));
  const values = loadYaml<object>(await read('values.yaml'));
  change(values);
  const context = {
    Values: values,
    Release: { Name: 'semblance', Namespace: 'default', Service: 'Helm' },
    Chart: { Name: name, Version: version, AppVersion: appVersion },
  };
  const files = (await readdir(join(chartDir, 'templates'))).filter((file) => file.endsWith('.yaml')).sort();
  const parts: string[] = [];
  for (const file of files) parts.push((await parse(await read(`templates/${file}`), context)).trim());
  return `${parts.map((part) => part.replace(/^---\n/, '')).join('\n---\n')}\n`;
}

export const objectsOf = (yaml: string): Rendered[] => loadAllYaml(yaml).filter(Boolean) as Rendered[];

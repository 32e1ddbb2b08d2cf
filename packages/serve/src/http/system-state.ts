import { stat, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import type { Manifest } from '@semblance/face/models';
import { asSemblanceError, type SemblanceError } from '../error.ts';
import { stages } from '../fleet/stages.ts';
import { PROBES } from '../log/create-log.ts';
import { countsBy, summariesBy } from './metric-summary.ts';
import { requireReady } from './ready.ts';
import type { Service } from './service.ts';

/** Routes that are told of, those with the most requests. */
const MOST_ROUTES = 10;

/** Why no requests are taken; null where they are. */
export async function refusalOf(service: Service): Promise<SemblanceError | null> {
  try {
    await requireReady(service);
    return null;
  } catch (error) {
    return asSemblanceError(error);
  }
}

/** Requests since the start, by how they ended and where they went. */
export async function requestsOf({ metrics: { registry } }: Service) {
  const byStatus = await countsBy(registry, 'semblance_requests_total', 'status');
  const ended = { done: 0, refused: 0, failed: 0 };
  for (const [status, count] of byStatus)
    ended[status < '400' ? 'done' : status < '500' ? 'refused' : 'failed'] += count;
  const times = await summariesBy(registry, 'semblance_request_seconds', 'route');
  const routes = [...times]
    .filter(([route]) => !route.startsWith('/ui') && !PROBES.test(route))
    .sort(([, a], [, b]) => b.count - a.count)
    .slice(0, MOST_ROUTES)
    .map(([route, summary]) => ({ route, ...summary }));
  const byStage = await summariesBy(registry, 'semblance_stage_seconds', 'stage');
  const seen = stages.flatMap((stage) => {
    const summary = byStage.get(stage);
    return summary ? [{ stage, ...summary }] : [];
  });
  const shed = [...(await countsBy(registry, 'semblance_shed_total', 'reason'))];
  const replaced = [...(await countsBy(registry, 'semblance_worker_replacements_total', 'reason'))];
  const asList = (counts: [string, number][]) => counts.map(([reason, count]) => ({ reason, count }));
  return { ...ended, routes, stages: seen, shed: asList(shed), replaced: asList(replaced) };
}

/** Memory and disks of the machine, as far as the service uses them. */
export async function machineOf({ audit, deployments }: Service) {
  const places = [
    { what: 'state', path: audit.folder },
    ...deployments.galleries.map(({ gallery }) => ({ what: 'gallery', path: gallery.path })),
  ];
  const found = await Promise.all(
    places.map(async ({ what, path }) => {
      const [{ dev }, { bavail, blocks, bsize }] = await Promise.all([stat(path), statfs(path)]);
      return { dev, what, path, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    }),
  );
  // places on one disk have its room together
  const disks = found
    .filter(({ dev }, i) => found.findIndex((other) => other.dev === dev) === i)
    .map(({ dev: _dev, ...disk }) => disk);
  return {
    cores: availableParallelism(),
    memory: { usedBytes: process.memoryUsage.rss(), freeBytes: freemem(), totalBytes: totalmem() },
    disks,
  };
}

/** The models that serve, each once, with what is known of where they come from. */
export function modelsOf({ deployments }: Service) {
  const found = deployments.fleet.entries.flatMap(({ name, unit }) => [
    { ...factsOf(unit.detector.manifest), id: unit.detector.id, path: unit.spec.detector, name },
    { ...factsOf(unit.recognizer.manifest), id: unit.recognizer.id, path: unit.spec.recognizer, name },
  ]);
  return [...Map.groupBy(found, ({ task, id, path }) => `${task} ${id} ${path}`).values()].map(
    ([first, ...others]) => {
      const { name, ...model } = first!;
      return { ...model, deployments: [name, ...others.map((one) => one.name)] };
    },
  );
}

function factsOf({ task, architecture, files, origin, createdAt, threshold }: Manifest) {
  const { sha256, sizeBytes } = files['model.onnx']!;
  const { name, restriction = null, url = null, trainedOn = null } = origin?.license ?? {};
  return {
    ...{ task, architecture, sha256, sizeBytes, createdAt },
    origin: origin?.name ?? origin?.file ?? null,
    license: name === undefined ? null : { name, restriction, url, trainedOn },
    threshold: threshold ?? null,
  };
}

/** The galleries that serve. */
export const galleriesOf = ({ deployments }: Service) =>
  Promise.all(
    deployments.galleries.map(async ({ gallery }) => ({
      ...{ path: gallery.path, modelId: gallery.modelId, threshold: gallery.threshold },
      ...(await gallery.thread.call('stats', null)),
    })),
  );

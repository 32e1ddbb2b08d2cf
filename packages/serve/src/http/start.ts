import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder, takeLock, writeFileAside } from '@semblance/core/files';
import { isGalleryAddress } from '@semblance/face/gallery';
import type { DetectOptions } from '@semblance/face/models';
import type { JobService } from '@semblance/jobs';
import { pageFolder } from '@semblance/web';
import { auditOf } from '../audit/audit-log.ts';
import { theService } from '../audit/audited-change.ts';
import { Collections } from '../collections/collections.ts';
import type { DeployRequest } from '../deployments/deploy-request.ts';
import { Deployments } from '../deployments/deployments.ts';
import { followAliases } from '../deployments/follow-aliases.ts';
import { FollowedAliases } from '../deployments/followed-aliases.ts';
import { dataPath, keysPath } from '../home.ts';
import { KeyFile } from '../keys/key-file.ts';
import { watchKeys } from '../keys/watch-keys.ts';
import { bothLogs, type ServiceLog, sayLog } from '../log/service-log.ts';
import { ReviewQueue } from '../review/review-queue.ts';
import { eraseSealedFile } from '../review/sealed-file.ts';
import { Sessions } from '../sessions/sessions.ts';
import type { ServeSettings } from '../settings.ts';
import { StorageWatch } from '../storage-watch.ts';
import { followTls } from '../tls/follow-tls.ts';
import { readTlsPair, type TlsFiles } from '../tls/tls-pair.ts';
import { openTraces } from '../tracing/open-traces.ts';
import { Admission } from './admission.ts';
import { createApp } from './app.ts';
import { Expiry } from './collections/expiry.ts';
import { type Compat, contracts } from './contracts.ts';
import { checkOrigin } from './cors.ts';
import { listen } from './listen.ts';
import { createRateLimit } from './rate-limit.ts';
import type { MachineCheck, Service, ServiceLimits } from './service.ts';
import { ServiceMetrics } from './service-metrics.ts';
import { serviceVersion } from './version.ts';
import { watchedOf } from './watched.ts';

/** A service's options, each given. */
export interface OpenOptions {
  stateDir: string;
  host: string;
  port: number;
  settings: ServeSettings;
  limits: ServiceLimits;
  detect: DetectOptions;
  /** What to serve where nothing has been deployed; null to serve what was. */
  start: DeployRequest | null;
  /** Whose contract CompreFace's routes keep (`compreface`). */
  compat?: Compat;
  /** Origins whose pages may call it from a browser. */
  cors?: readonly string[];
  /** Training jobs that are served too; closed with the service. */
  jobs?: JobService | null;
  /** Where the built page lies; null for none. What `@semblance/web` has, if not given. */
  page?: string | null;
  /** Days that faces are kept that came back as nobody's; none are (0), and those of before are erased, if not given. */
  keepUnknownDays?: number;
  /** Aliases of those jobs that are followed. */
  follow?: readonly string[];
  /** Where the first key is written to. */
  firstKeyFile?: string | undefined;
  /** Folders that may be deployed from; any, if not given. */
  roots?: readonly string[] | null;
  /** How long requests are still answered after readiness has turned red, ms (0). */
  drainDelayMs?: number;
  /** Files of a certificate and its key, for HTTPS. */
  tls?: TlsFiles | null;
  /** Looks at the machine, for who asks how the service is. */
  checks?: (() => Promise<readonly MachineCheck[]>) | undefined;
  /** Told what needs somebody's eye, a line at a time. */
  say(line: string): void;
  /** Told all that happens. */
  log?: ServiceLog;
}

/** The file of a state folder that unknown faces are kept in. */
const REVIEW_FILE = 'review.db';

export interface OpenService {
  url: string;
  service: Service;
  /** The key of the first start, whose text is nowhere else. */
  firstKey: string | null;
  /** Takes no more requests, answers those it has within the time, and ends; false where the time was too short. */
  drain(timeoutMs: number): Promise<boolean>;
}

/**
 * Opens a service: models first, then the port, so that whoever reaches it is answered. It alone has the state folder.
 *
 * @throws SemblanceError PATH_BUSY where another service has it
 */
export async function openService(options: OpenOptions): Promise<OpenService> {
  const { stateDir, cors = [] } = options;
  for (const origin of cors) checkOrigin(origin);
  await makeFolder(stateDir, { mode: 0o700 });
  const what = `the state folder ${stateDir}`;
  const lock = takeLock(join(stateDir, 'service.lock'), { what, holder: 'a service' });
  try {
    await chmod(stateDir, 0o700); // earlier versions left it open to others
    return await openLocked(options, lock);
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

async function openLocked(options: OpenOptions, lock: Disposable): Promise<OpenService> {
  const { stateDir, limits, compat = 'compreface', cors = [], tls = null } = options;
  const pair = tls && (await readTlsPair(tls));
  const log = bothLogs(sayLog(options.say), options.log);
  const keys = await KeyFile.open(keysPath(stateDir));
  const audit = auditOf(stateDir);
  const metrics = new ServiceMetrics();
  const traces = await openTraces(process.env, serviceVersion, log);
  const review = openReview(options, log);
  const deployments = await Deployments.open(
    {
      stateDir,
      settings: options.settings,
      events: metrics.ofUnits,
      log,
      audit,
      roots: options.roots ?? null,
      onErased: ({ ids }) => review?.erase(ids),
    },
    options.start,
  );
  const collections = await Collections.open(stateDir);
  const service: Service = {
    ...{ deployments, collections, keys, audit, metrics, limits, compat, review },
    expiry: new Expiry(() => service),
    sessions: new Sessions(),
    page: options.page === undefined ? pageFolder() : options.page,
    storage: new StorageWatch(
      () => [stateDir, ...deployments.galleries.flatMap(({ gallery }) => foldersOf(gallery.path))],
      log,
      () => watchedOf(audit, deployments),
    ),
    followKeys: watchKeys(keys, log),
    contract: contracts[compat],
    jobs: options.jobs ?? null,
    dataDir: dataPath(stateDir),
    followed: await FollowedAliases.open(join(stateDir, 'followed.json'), options.follow ?? []),
    arriving: new Admission(2 * limits.maxInFlight, 2 * limits.maxInFlightPerKey),
    admission: new Admission(limits.maxInFlight, limits.maxInFlightPerKey),
    rateLimit: limits.perSecond > 0 ? createRateLimit(limits) : null,
    detect: options.detect,
    cors,
    traces,
    isLeaving: false,
    isDraining: false,
    ending: new AbortController(),
    log,
    checks: options.checks ?? null,
  };
  const app = await createApp(service, pair);
  let url: string;
  let firstKey: string | null;
  try {
    url = await listen(app, options.host, options.port);
    firstKey = await makeFirstKey(keys, options.firstKeyFile);
  } catch (error) {
    await app.close();
    await collections.close();
    await deployments.close();
    review?.close();
    throw error;
  }
  service.expiry.start();

  const endTls = pair && followTls(app.server as never, tls!, pair, log);
  if (service.jobs !== null) {
    const { jobs, followed: aliases, ending } = service;
    const say = (line: string): void => {
      options.say(line);
      options.log?.event('info', line);
    };
    void followAliases({ jobs, deployments, aliases, say, signal: ending.signal });
  }

  let draining: Promise<boolean> | undefined;
  async function drain(timeoutMs: number): Promise<boolean> {
    service.isLeaving = true;
    await sleep(options.drainDelayMs ?? 0);
    service.isDraining = true;
    service.ending.abort();
    endTls?.();
    const closed = app.close().then(() => true);
    // connections whose last answer was on its way when the end began
    const idle = setInterval(() => app.server.closeIdleConnections(), 200);
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), timeoutMs).unref());
    const isInTime = await Promise.race([closed, late]);
    clearInterval(idle);
    if (!isInTime) app.server.closeAllConnections();
    await traces?.close();
    await service.expiry.close();
    await collections.close();
    await deployments.close();
    review?.close();
    await service.jobs?.[Symbol.asyncDispose]();
    lock[Symbol.dispose]();
    return isInTime;
  }
  return { url, service, firstKey, drain: (timeoutMs) => (draining ??= drain(timeoutMs)) };
}

/** Where unknown faces are kept, if they are; what an earlier start has kept is erased, if not. */
function openReview(
  { stateDir, keepUnknownDays: days = 0 }: OpenOptions,
  log: ServiceLog,
): ReviewQueue | null {
  const path = join(stateDir, REVIEW_FILE);
  if (days > 0) return new ReviewQueue({ path, days, log });
  if (eraseSealedFile(path)) log.event('info', 'unknown faces that were kept before are erased');
  return null;
}

/** A gallery may be a folder, or the file in it; the disk of one in a database is another machine's. */
const foldersOf = (path: string): string[] =>
  isGalleryAddress(path) ? [] : [path.endsWith('.db') ? dirname(path) : path];

/** The administrator's key of a service that has none yet, made once it listens; null where it has one. */
async function makeFirstKey(keys: KeyFile, path: string | undefined): Promise<string | null> {
  if (keys.all().length > 0) return null;
  const hand = path === undefined ? {} : { hand: (text: string) => writeFileAside(path, `${text}\n`, 0o600) };
  const made = { ...hand, actor: theService };
  return (await keys.create('admin', 'made at the first start', made)).text;
}

import type { DetectOptions } from '@semblance/face/models';
import type { JobService } from '@semblance/jobs';
import type { DeployRequest } from './deployments/deploy-request.ts';
import { defaultServiceDir } from './home.ts';
import type { Compat } from './http/contracts.ts';
import type { MachineCheck, ServiceLimits } from './http/service.ts';
import { openService } from './http/start.ts';
import type { KeyFile } from './keys/key-file.ts';
import type { ServiceLog } from './log/service-log.ts';
import { defaultSettings, type ServeSettings } from './settings.ts';
import type { TlsFiles } from './tls/tls-pair.ts';

/** How long {@link RunningService.close} waits for what has begun. */
const CLOSE_MS = 60_000;

/** Paths of what serves. Models and gallery are opened in threads of the service's own, so objects that are open cannot be given. */
export interface ServedModels {
  /** A model folder or an .onnx file; the detector must find landmarks. */
  detector: string;
  /** A model folder or an .onnx file. */
  recognizer: string;
  /** The folder of a gallery that nobody else has open; without one nobody is known. */
  gallery?: string;
}

/** How a service is started; what is not given is as `semblance serve` has it. */
export interface ServiceOptions {
  /** The folder of keys, deployments and deployed models, made where it is missing (`$SEMBLANCE_HOME/service`). */
  state?: string;
  /** What to serve at the first start of a folder; later starts go on with what was deployed since, unless this has changed. */
  models?: ServedModels | null;
  /** The address it listens at (127.0.0.1: this machine alone). */
  host?: string;
  /** The port; 0, as if not given, for a free one, which {@link RunningService.url} tells. */
  port?: number;
  /** Bytes of a request (16 MiB), pictures in work (64), requests of a key each second (any number). */
  limits?: Partial<ServiceLimits>;
  /** Threads and batches; pixels of a picture (50 million). */
  engine?: Partial<ServeSettings>;
  /** How faces are looked for where a request does not say. */
  detect?: DetectOptions;
  /**
   * Whose contract `/api/v1/recognition`, `detection` and `verification` keep: that of CompreFace 1.2 to the letter
   * (`compreface`), or the service's own (`none`), with more exact boxes and statuses.
   */
  compat?: Compat;
  /** Origins whose pages may call it from a browser, as `https://kiosk.example`; `*` for any (none). */
  cors?: readonly string[];
  /** Training jobs that are served too; closed with the service. */
  jobs?: JobService | null;
  /** Where the first key is written to as well, for its owner alone (mode 600). */
  firstKeyFile?: string;
  /** Days that faces are kept that came back as nobody's, for review; none are, and those of before are erased, by default. */
  keepUnknownDays?: number;
  /** Aliases of those jobs, as `faces@production`: whatever version they come to stand for is deployed (none). */
  follow?: readonly string[];
  /** Folders that administrators may deploy models and galleries from (any). */
  roots?: readonly string[];
  /** Files of a certificate and its key in PEM, for HTTPS; renewed ones are taken up without a restart (none: HTTP). */
  tls?: TlsFiles | null;
  /** How long requests are still answered, once it closes, after `/health/ready` says 503; milliseconds (0). */
  drainDelayMs?: number;
  /** Looks at the machine for administrators who ask how the service is, as `semblance doctor` does (nothing). */
  checks?(): Promise<readonly MachineCheck[]>;
  /** Told what needs somebody's eye, a line at a time: faults by code and route, roll-backs. */
  say?(line: string): void;
  /** Told all that happens: requests, too (nothing). `createLog` makes one. */
  log?: ServiceLog;
}

/** A service that answers. */
export interface RunningService extends AsyncDisposable {
  /** Its address, as `http://127.0.0.1:49152`. */
  readonly url: string;
  /** The administrator's key that was made at the first start of a state folder, whose text is nowhere else; null later. */
  readonly firstKey: string | null;
  /** Its API keys: make, list, revoke. */
  readonly keys: KeyFile;
  /** Whether models are loaded and requests are taken, as `/health/ready` says. */
  readonly isReady: boolean;
  /**
   * Takes no more requests, answers those it has, and ends threads and jobs.
   *
   * @param timeoutMs the longest time for those answers, in milliseconds (a minute); the rest is cut off.
   * @returns false where the time was too short.
   */
  close(timeoutMs?: number): Promise<boolean>;
}

/**
 * Starts the HTTP service in this process: models first, then the port, so that whoever reaches it is answered.
 *
 * @throws SemblanceError those of loading models; MODEL_NO_LANDMARKS; DEPLOYMENT_REFUSED where models or gallery do not pass
 * their tests; GALLERY_NOT_FOUND, GALLERY_BUSY; DATA_CORRUPT for a state folder that cannot be read; PATH_BUSY for one that
 * another service has; TLS_INVALID; ADDRESS_IN_USE, ADDRESS_UNAVAILABLE; STORAGE_FULL, PATH_DENIED and others of the disk.
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { startService } from '@semblance/serve';
 *
 * const models = { detector: 'models/detector', recognizer: 'models/recognizer', gallery: 'gallery' };
 * await using service = await startService({ state: 'state', models });
 * const { text: key } = await service.keys.create('read', 'kiosk');
 *
 * const form = new FormData();
 * form.append('file', new Blob([await readFile('photo.jpg')]), 'photo.jpg');
 * const url = `${service.url}/api/v1/recognition/recognize`;
 * const answer = await fetch(url, { method: 'POST', headers: { 'x-api-key': key }, body: form });
 * console.log(answer.status, (await answer.text()).includes('"ada"')); // 200 true
 * ```
 */
export async function startService(options: ServiceOptions = {}): Promise<RunningService> {
  const { models = null, limits = {} } = options;
  const { service, url, firstKey, drain } = await openService({
    stateDir: options.state ?? defaultServiceDir(),
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    settings: { ...defaultSettings(), ...options.engine },
    limits: withDefaults(limits),
    detect: options.detect ?? {},
    compat: options.compat ?? 'compreface',
    cors: options.cors ?? [],
    start: models && startWith(models),
    jobs: options.jobs ?? null,
    follow: options.follow ?? [],
    keepUnknownDays: options.keepUnknownDays ?? 0,
    firstKeyFile: options.firstKeyFile,
    roots: options.roots ?? null,
    tls: options.tls ?? null,
    drainDelayMs: options.drainDelayMs ?? 0,
    checks: options.checks,
    say: (line) => options.say?.(line),
    ...(options.log ? { log: options.log } : {}),
  });
  const close = (timeoutMs = CLOSE_MS) => drain(timeoutMs);
  return {
    ...{ url, firstKey, close, keys: service.keys },
    get isReady() {
      return !service.isLeaving && !service.isDraining && !service.deployments.fleet.isEmpty;
    },
    [Symbol.asyncDispose]: async () => void (await close()),
  };
}

/** In one order of its fields: it is compared with that of the last start. */
function startWith({ detector, recognizer, gallery }: ServedModels): DeployRequest {
  return { name: 'start', detector, recognizer, ...(gallery === undefined ? {} : { gallery }) };
}

function withDefaults({ perSecond = 0, maxInFlight = 64, ...limits }: Partial<ServiceLimits>): ServiceLimits {
  return {
    maxBodyBytes: 16 * 2 ** 20,
    maxInFlight,
    maxInFlightPerKey: Math.ceil(0.75 * maxInFlight),
    burst: Math.max(1, 2 * perSecond),
    perSecond,
    ...limits,
  };
}

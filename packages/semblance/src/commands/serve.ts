import { dirname, join, resolve } from 'node:path';
import { type Env, semblanceHome } from '@semblance/core';
import type { ServedModels } from '@semblance/serve';
import { defineCommand } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { keysForThreads } from '../cli/key-options.ts';
import { SemblanceError } from '../error.ts';
import { detectSettings } from '../faces/settings.ts';
import type { ServedDemo } from '../serve-demo/fill.ts';
import { openJobs } from './jobs-options.ts';
import { addServeOptions, SERVE_VARIABLES, type ServeOptions } from './serve-options.ts';

/** A demo keeps unknown faces for its page Review, where nothing else is said. */
const DEMO_DAYS = 30;

export const serveCommand = defineCommand<ServeOptions>({
  path: ['serve'],
  opensGalleries: true,
  summary: 'starts the HTTP service that says who is in a picture',
  description:
    'The first start creates an admin key and prints it once, when it listens. Give the models at the first start; later starts ' +
    'continue with what was deployed last. On SIGTERM the service finishes the requests it has and ends.\n\n' +
    'Every option can also be set by a variable of the environment, as SEMBLANCE_SERVE_MAX_FACES=20 for --max-faces 20, or ' +
    'in the file of --config, as {"maxFaces": 20}. A flag comes before a variable, a variable before the file.',
  examples: [
    [
      'semblance serve --demo',
      'a service with rendered people and trained versions, to try every page, in some minutes',
    ],
    ['semblance serve --gallery people', 'a gallery by its name, with the pulled models it was built with'],
    [
      'semblance serve --detector models/detector --recognizer models/recognizer --gallery gallery',
      'on port 8080 of this machine; the page is at http://127.0.0.1:8080/, the API at http://127.0.0.1:8080/openapi.json',
    ],
    [
      'semblance serve --host 0.0.0.0 --tls-cert fullchain.pem --tls-key privkey.pem --rate 20',
      'open to other machines over HTTPS, with at most 20 requests per second and key',
    ],
    [
      'semblance serve --config serve.json --print-config',
      'what is in effect, and where each option was set',
    ],
    [
      'semblance serve --detector scrfd --recognizer arcface --follow faces@production',
      'from then on, semblance jobs alias faces/V0004 production deploys V0004',
    ],
  ],
  configure: addServeOptions,
  variables: SERVE_VARIABLES,
  async run(options, io) {
    const { rate } = options;
    const detect = detectSettings(options.set);
    if ((options.detector === undefined) !== (options.recognizer === undefined)) {
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'give --detector and --recognizer together');
    }
    const tls = tlsFilesOf(options);
    if (options.printConfig) {
      const { settingLines } = await import('../cli/print-settings.ts');
      for (const line of settingLines(options.settings)) io.out(line);
      return 0;
    }
    const { allocatorEnvironment, forgetAllocator } = await import('@semblance/serve/allocator');
    const better = allocatorEnvironment(io.env);
    if (better) io.startAnew?.(better);
    forgetAllocator(process.env);
    const { createLog, startService, defaultServiceDir } = await import('@semblance/serve');
    const state = options.state ?? (options.demo ? demoState(io.env) : defaultServiceDir(io.env));
    const demo = await demoOf(options, state, io);
    await using jobs = demo?.jobs ?? (await openJobs(options, io));
    const log = createLog({
      format: options.log,
      level: options.logLevel,
      ...(io.errFd === undefined ? { write: io.err } : {}),
    });
    // whoever reads JSON is given nothing else
    const tell = options.log === 'json' ? (line: string) => log.event('info', line) : io.err;
    const warn = options.log === 'json' ? (line: string) => log.event('warn', line) : io.err;
    keysForThreads(io.env); // galleries are kept by threads
    const models = demo?.models ?? (await modelsToServe(options, io.env));
    const named = models === null ? [] : Object.values(models).map((path) => dirname(resolve(path)));
    const running = await startService({
      state,
      ...{ host: options.host, port: options.port, cors: options.cors ?? [], detect, jobs },
      follow: options.follow ?? [],
      keepUnknownDays: options.keepUnknown ?? (demo ? DEMO_DAYS : 0),
      compat: options.compat,
      tls,
      drainDelayMs: options.drainDelay * 1000,
      ...(options.firstKeyFile === undefined ? {} : { firstKeyFile: options.firstKeyFile }),
      models,
      roots: [semblanceHome(io.env), jobs.home, ...named, ...(options.modelsRoot ?? [])],
      engine: {
        maxFaces: options.maxFaces,
        ...(options.threads === undefined ? {} : { pictureWorkers: options.threads }),
      },
      limits: {
        maxBodyBytes: Math.round(options.maxBodyMb * 2 ** 20),
        maxInFlight: options.maxRequests,
        ...(options.maxRequestsPerKey === undefined ? {} : { maxInFlightPerKey: options.maxRequestsPerKey }),
        perSecond: rate,
      },
      log,
      checks: async () => Array.fromAsync((await import('../doctor/examine.ts')).examine()),
    });
    if (running.firstKey && options.firstKeyFile !== undefined) {
      tell(`The admin key is in ${options.firstKeyFile}, for you alone.`);
    } else if (running.firstKey) {
      tell('An admin key, shown only this once; create others with semblance keys create:');
      io.out(running.firstKey);
    }
    if (!running.isReady) tell('No model is deployed yet: give --detector and --recognizer, or --gallery.');
    if (tls === null && !options.behindProxy && !isLoopback(options.host)) {
      warn(
        'Other machines reach it unencrypted, so keys and pictures can be read on the way: give --tls-cert and --tls-key, or put a proxy with TLS before it and say so by --behind-proxy.',
      );
    }
    tell(`listening at ${running.url}`);
    tell(`the page: ${running.url}/ui/`);
    const ending = new AbortController();
    const finishing = demo?.finish(running, tell, ending.signal);
    const signal = await new Promise<string>((resolve) => {
      for (const name of ['SIGTERM', 'SIGINT']) process.once(name, () => resolve(name));
    });
    tell(`${signal}: finishing the requests in progress`);
    ending.abort();
    await finishing;
    const isInTime = await running.close(options.drainSeconds * 1000);
    tell(isInTime ? 'ended' : 'ended, and some requests were cut off');
    return isInTime ? 0 : 1;
  },
});

/** The demo that is asked for, filled as far as a service needs to start; null without one. */
async function demoOf(options: ServeOptions, state: string, io: Io): Promise<ServedDemo | null> {
  if (options.demo === undefined) return null;
  for (const name of ['detector', 'recognizer', 'gallery', 'jobs', 'store'] as const) {
    if (options[name] === undefined) continue;
    const message = `--demo brings its own: leave --${name} out`;
    throw new SemblanceError('USAGE_INVALID_VALUE', message);
  }
  const { fillDemo } = await import('../serve-demo/fill.ts');
  const { taskOfCommand: taskOf } = await import('./job-kinds/task-of-command.ts');
  // a database of somebody's own is no place for a demo's versions
  const env = { ...io.env, SEMBLANCE_STORE: undefined };
  const open = (jobs: string) => openJobs({ jobs }, { env });
  return fillDemo(state, options.demo === true ? 'full' : options.demo, { open, taskOf }, io);
}

const demoState = (env: Env): string => join(semblanceHome(env), 'demo-service');

const isLoopback = (host: string): boolean => /^(localhost|::1|127\.\d+\.\d+\.\d+)$/.test(host);

/** The two files of HTTPS; null where it is not asked for. */
function tlsFilesOf({ tlsCert: cert, tlsKey: key }: ServeOptions): { cert: string; key: string } | null {
  if (cert === undefined && key === undefined) return null;
  if (cert !== undefined && key !== undefined) return { cert, key };
  throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'give --tls-cert and --tls-key together');
}

/** What to serve at the first start; null where nothing is given. */
async function modelsToServe(options: Partial<ServedModels>, env: Env): Promise<ServedModels | null> {
  if (options.detector === undefined && options.gallery === undefined) return null;
  const { findGallery, Gallery, galleryKeys, modelsOfGallery } = await import('@semblance/face/gallery');
  const { findModel } = await import('@semblance/face/models');
  const gallery = options.gallery === undefined ? {} : { gallery: await findGallery(options.gallery, env) };
  if (options.detector !== undefined) {
    return {
      detector: await findModel(options.detector, 'detection', env),
      recognizer: await findModel(options.recognizer, 'recognition', env),
      ...gallery,
    };
  }
  await using opened = await Gallery.open(gallery.gallery!, { readOnly: true, keys: galleryKeys({}, env) });
  return { ...(await modelsOfGallery(opened.meta, {}, env)), ...gallery };
}

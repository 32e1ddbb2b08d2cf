import { dirname, resolve } from 'node:path';
import { type Env, semblanceHome } from '@semblance/core';
import type { Compat, ServedModels } from '@semblance/serve';
import { defineCommand } from '../cli/command.ts';
import { MODEL_HELP } from '../cli/model-options.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  detector?: string;
  recognizer?: string;
  gallery?: string;
  state?: string;
  firstKeyFile?: string;
  modelsRoot?: string[];
  jobs?: string;
  follow?: string[];
  host: string;
  port: number;
  threads?: number;
  maxRequestsPerKey?: number;
  maxFaces: number;
  maxBodyMb: number;
  maxRequests: number;
  rate: number;
  compat: Compat;
  cors?: string[];
  drainDelay: number;
  drainSeconds: number;
  set?: Record<string, string>;
}

export const serveCommand = defineCommand<Options>({
  path: ['serve'],
  summary: 'starts the HTTP service that says who is in a picture',
  description:
    'The first start creates an admin key and prints it once, when it listens. Give the models at the first start; later starts ' +
    'continue with what was deployed last. On SIGTERM the service finishes the requests it has and ends.',
  examples: [
    ['semblance serve --gallery people', 'a gallery by its name, with the pulled models it was built with'],
    [
      'semblance serve --detector models/detector --recognizer models/recognizer --gallery gallery',
      'on port 8080 of this machine; the API is at http://127.0.0.1:8080/openapi.json',
    ],
    [
      'semblance serve --host 0.0.0.0 --port 8080 --rate 20',
      'open to other machines, with at most 20 requests per second and key',
    ],
    [
      'semblance serve --detector scrfd --recognizer arcface --follow faces@production',
      'from then on, semblance jobs alias faces/V0004 production deploys V0004',
    ],
  ],
  configure(command) {
    command
      .option('--detector <model>', MODEL_HELP)
      .option('--recognizer <model>', MODEL_HELP)
      .option('--gallery <gallery>', 'the gallery: a name or a folder; without one, nobody is known')
      .option('--state <dir>', 'where keys and deployments are kept (default: ~/.semblance/service)')
      .option('--first-key-file <file>', 'writes the key of the first start there and does not print it')
      .option(
        '--models-root <dir...>',
        'folders to deploy from, besides $SEMBLANCE_HOME, --jobs and the folders of what is named here',
      )
      .option(
        '--jobs <dir>',
        'where training jobs are kept (default: $SEMBLANCE_HOME/jobs, or ~/.semblance/jobs)',
      )
      .option(
        '--follow <alias...>',
        'deploys whatever version an alias of a job comes to stand for, such as faces@production',
      )
      .option('--host <address>', 'address to listen at', '127.0.0.1')
      .addOption(
        numberOption('--port <port>', 'port to listen at; 0 picks a free one', {
          min: 0,
          max: 65535,
        }).default(8080),
      )
      .addOption(
        numberOption('--threads <n>', 'processes that detect faces (default: all cores but one)', {
          min: 1,
          max: 256,
        }),
      )
      .addOption(
        numberOption('--max-body-mb <n>', 'largest request in MB', { min: 0.1, max: 64 }).default(16),
      )
      .addOption(
        numberOption('--max-requests <n>', 'most pictures in progress or waiting; further ones get 503', {
          min: 1,
          max: 100_000,
        }).default(64),
      )
      .addOption(
        numberOption(
          '--max-requests-per-key <n>',
          'the same for each key (default: three quarters of them)',
          {
            min: 1,
            max: 100_000,
          },
        ),
      )
      .addOption(
        numberOption('--max-faces <n>', 'most faces of a picture; of more the best-scored', {
          min: 1,
          max: 10_000,
        }).default(100),
      )
      .addOption(
        numberOption('--rate <n>', 'requests per second and key; further ones get 429; 0 means no limit', {
          min: 0,
          max: 1e6,
        }).default(0),
      )
      .addOption(
        choiceOption(
          '--compat <contract>',
          'what /api/v1/recognition, detection and verification keep to: CompreFace 1.2 to the letter, or our own statuses, boxes and ids',
          ['compreface', 'none'],
          'compreface',
        ),
      )
      .option(
        '--cors <origin...>',
        'origins whose pages may call the service from a browser, as https://kiosk.example; * for any (default: none)',
      )
      .addOption(
        numberOption(
          '--drain-delay <seconds>',
          'goes on answering for so long after SIGTERM, while /health/ready says 503',
          { min: 0, max: 3600 },
        ).default(0),
      )
      .addOption(
        numberOption('--drain-seconds <n>', 'longest time to finish requests after SIGTERM', {
          min: 0,
          max: 3600,
        }).default(60),
      )
      .addOption(setOption(detectorSettingsHelp));
  },
  async run(options, io) {
    const { rate } = options;
    const detect = detectSettings(options.set);
    if ((options.detector === undefined) !== (options.recognizer === undefined)) {
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'give --detector and --recognizer together');
    }
    const { allocatorEnvironment, forgetAllocator } = await import('@semblance/serve/allocator');
    const better = allocatorEnvironment(io.env);
    if (better) io.startAnew?.(better);
    forgetAllocator(process.env);
    const { startService, defaultServiceDir } = await import('@semblance/serve');
    const { JobService } = await import('@semblance/jobs');
    const { jobParts } = await import('./job-kinds/index.ts');
    const jobs = new JobService({
      ...(options.jobs === undefined ? {} : { home: options.jobs }),
      env: io.env,
      parts: jobParts,
    });
    const models = await modelsToServe(options, io.env);
    const named = models === null ? [] : Object.values(models).map((path) => dirname(resolve(path)));
    const running = await startService({
      state: options.state ?? defaultServiceDir(io.env),
      ...{ host: options.host, port: options.port, cors: options.cors ?? [], detect, jobs },
      follow: options.follow ?? [],
      compat: options.compat,
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
      say: io.err,
    });
    if (running.firstKey && options.firstKeyFile !== undefined) {
      io.err(`The admin key is in ${options.firstKeyFile}, for you alone.`);
    } else if (running.firstKey) {
      io.err('An admin key, shown only this once; create others with semblance keys create:');
      io.out(running.firstKey);
    }
    if (!running.isReady) io.err('No model is deployed yet: give --detector and --recognizer, or --gallery.');
    if (!/^(localhost|::1|127\.\d+\.\d+\.\d+)$/.test(options.host)) {
      io.err(
        'Other machines reach it unencrypted: put a proxy with TLS before it, or keys can be read on the way.',
      );
    }
    io.err(`listening at ${running.url}`);
    const signal = await new Promise<string>((resolve) => {
      for (const name of ['SIGTERM', 'SIGINT']) process.once(name, () => resolve(name));
    });
    io.err(`${signal}: finishing the requests in progress`);
    const isInTime = await running.close(options.drainSeconds * 1000);
    io.err(isInTime ? 'ended' : 'ended, and some requests were cut off');
    return isInTime ? 0 : 1;
  },
});

/** What to serve at the first start; null where nothing is given. */
async function modelsToServe(options: Partial<ServedModels>, env: Env): Promise<ServedModels | null> {
  if (options.detector === undefined && options.gallery === undefined) return null;
  const { findGallery, Gallery, modelsOfGallery } = await import('@semblance/face/gallery');
  const { findModel } = await import('@semblance/face/models');
  const gallery = options.gallery === undefined ? {} : { gallery: await findGallery(options.gallery, env) };
  if (options.detector !== undefined) {
    return {
      detector: await findModel(options.detector, 'detection', env),
      recognizer: await findModel(options.recognizer, 'recognition', env),
      ...gallery,
    };
  }
  await using opened = await Gallery.open(gallery.gallery!, { readOnly: true });
  return { ...(await modelsOfGallery(opened.meta, {}, env)), ...gallery };
}

import type { Compat, LogLevel, LogOptions } from '@semblance/serve';
import type { Command } from 'commander';
import type { Setting } from '../cli/configured.ts';
import { MODEL_HELP } from '../cli/model-options.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { detectorSettingsHelp } from '../faces/settings.ts';
import type { DemoSize } from '../serve-demo/plan.ts';
import { JOBS_HELP, STORE_HELP } from './jobs-options.ts';

/** What the variables begin with that set these options. */
export const SERVE_VARIABLES = 'SEMBLANCE_SERVE_';

/** What `semblance serve` is told. */
export interface ServeOptions {
  config?: string;
  printConfig?: true;
  /** How much of a demo; `true` for all of it. */
  demo?: true | DemoSize;
  /** What each option is set to, and by what. */
  settings: Setting[];
  detector?: string;
  recognizer?: string;
  gallery?: string;
  state?: string;
  firstKeyFile?: string;
  modelsRoot?: string[];
  jobs?: string;
  store?: string;
  follow?: string[];
  host: string;
  port: number;
  tlsCert?: string;
  tlsKey?: string;
  behindProxy?: boolean;
  threads?: number;
  maxRequestsPerKey?: number;
  maxFaces: number;
  maxBodyMb: number;
  maxRequests: number;
  rate: number;
  keepUnknown?: number;
  compat: Compat;
  cors?: string[];
  log: LogOptions['format'];
  logLevel: LogLevel;
  drainDelay: number;
  drainSeconds: number;
  set?: Record<string, string>;
}

/** Adds the flags of `semblance serve`. */
export function addServeOptions(command: Command): void {
  command
    .option('--config <file>', 'a JSON file with more of these options, as {"port": 8080, "maxFaces": 20}')
    .option('--print-config', 'prints what is in effect and where it was set, and ends')
    .addOption(
      choiceOption(
        '--demo [size]',
        'fills a folder of its own (--state, default: ~/.semblance/demo-service) with rendered people, trainings and their ' +
          'versions, and serves it; quick takes a minute, and its models know nobody',
        ['full', 'quick'],
      ),
    )
    .option('--detector <model>', MODEL_HELP)
    .option('--recognizer <model>', MODEL_HELP)
    .option(
      '--gallery <gallery>',
      'the gallery: a name, a folder or postgres://USER@HOST/DATABASE; without one, nobody is known',
    )
    .option('--state <dir>', 'where keys and deployments are kept (default: ~/.semblance/service)')
    .option('--first-key-file <file>', 'writes the key of the first start there and does not print it')
    .option(
      '--models-root <dir...>',
      'folders to deploy from, besides $SEMBLANCE_HOME, --jobs and the folders of what is named here',
    )
    .option('--jobs <dir>', JOBS_HELP)
    .option('--store <url>', STORE_HELP)
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
    .option(
      '--tls-cert <file>',
      'serves HTTPS with this certificate (PEM, with its chain); renewed files are taken up at once',
    )
    .option('--tls-key <file>', 'the private key of that certificate (PEM)')
    .option('--behind-proxy', 'a proxy encrypts what other machines send: they are not warned of')
    .addOption(
      numberOption(
        '--threads <n>',
        'processes that detect faces (default: all cores but one, and three at least)',
        {
          min: 1,
          max: 256,
        },
      ),
    )
    .addOption(numberOption('--max-body-mb <n>', 'largest request in MB', { min: 0.1, max: 64 }).default(16))
    .addOption(
      numberOption('--max-requests <n>', 'most pictures in progress or waiting; further ones get 503', {
        min: 1,
        max: 100_000,
      }).default(64),
    )
    .addOption(
      numberOption('--max-requests-per-key <n>', 'the same for each key (default: three quarters of them)', {
        min: 1,
        max: 100_000,
      }),
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
      numberOption(
        '--keep-unknown <days>',
        'keeps faces that came back as unknown for so many days, encrypted, for the page Review (default: none are kept)',
        { min: 0, max: 3650 },
      ),
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
    .addOption(
      choiceOption(
        '--log <format>',
        'how it says what happens, a line for each request: as JSON, as text, or not at all',
        ['json', 'pretty', 'off'],
        'pretty',
      ),
    )
    .addOption(
      choiceOption(
        '--log-level <level>',
        'the least that is said; debug adds the probes of /health and /metrics',
        ['debug', 'info', 'warn', 'error'],
        'info',
      ),
    )
    .addOption(setOption(detectorSettingsHelp));
}

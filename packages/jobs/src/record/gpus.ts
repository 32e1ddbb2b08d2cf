import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Gpu {
  /** nvidia-smi's number, by place on the bus. */
  index: number;
  uuid: string;
  name: string;
}

/** What a GPU was doing; null where the driver does not tell, as of a card that is divided (MIG). */
export interface GpuUse {
  index: number;
  /** 0 to 1. */
  utilisation: number | null;
  memoryBytes: number | null;
}

const MIB = 2 ** 20;
const LIST = 'index,uuid,name';
const USE = 'index,utilization.gpu,memory.used';

/** The GPUs in what nvidia-smi prints for `--query-gpu=index,uuid,name --format=csv,noheader,nounits`. */
export function parseGpuList(text: string): Gpu[] {
  return rowsOf(text, 3).map(([index, uuid, name]) => ({
    index: Number(index),
    uuid: uuid!,
    name: name!,
  }));
}

/** What they do, by `--query-gpu=index,utilization.gpu,memory.used` in the same form: percent and MiB. */
export function parseGpuUse(text: string): GpuUse[] {
  return rowsOf(text, 3).map(([index, utilisation, used]) => ({
    index: Number(index),
    utilisation: scaled(utilisation!, 1 / 100),
    memoryBytes: scaled(used!, MIB),
  }));
}

/**
 * Of the machine's GPUs those that an environment names: `SEMBLANCE_JOB_GPUS` for jobs alone, else `CUDA_VISIBLE_DEVICES`
 * as the CUDA runtime reads it: numbers or the beginnings of UUIDs, up to the first that is none; all, where neither is set.
 *
 * `SEMBLANCE_JOB_GPUS` is believed where the machine shows none: for drivers without nvidia-smi.
 *
 * @param all what `listGpus` finds
 * @returns numbers of GPUs, as in `all`
 * @example
 * ```ts
 * import { givenGpus } from '@semblance/jobs';
 *
 * const all = [0, 1, 2].map((index) => ({ index, uuid: `GPU-${index}` }));
 * console.log(givenGpus(all, { CUDA_VISIBLE_DEVICES: '2,0' })); // [ 2, 0 ]
 * ```
 */
export function givenGpus(
  all: readonly Pick<Gpu, 'index' | 'uuid'>[],
  env: Readonly<Record<string, string | undefined>>,
): number[] {
  const named = env.SEMBLANCE_JOB_GPUS ?? env.CUDA_VISIBLE_DEVICES;
  if (named === undefined) return all.map(({ index }) => index);
  const given: number[] = [];
  for (const text of named.split(',').map((part) => part.trim())) {
    const isNumber = /^\d+$/.test(text);
    const isBelieved = isNumber && all.length === 0 && env.SEMBLANCE_JOB_GPUS !== undefined;
    const found = all.find(({ index, uuid }) =>
      isNumber ? index === Number(text) : text.startsWith('GPU-') && uuid.startsWith(text),
    );
    if (!found && !isBelieved) break;
    given.push(found?.index ?? Number(text));
  }
  return [...new Set(given)];
}

let gpus: Promise<Gpu[]> | undefined;

/**
 * The GPUs that nvidia-smi shows; none where there is no such program.
 *
 * @example
 * ```ts
 * import { listGpus } from '@semblance/jobs';
 *
 * for (const { index, name } of await listGpus()) console.log(index, name);
 * ```
 */
export function listGpus(): Promise<Gpu[]> {
  return (gpus ??= query(LIST).then(parseGpuList));
}

/** Those that may be given to versions, by number. */
export const gpusForJobs = async (
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number[]> => givenGpus(await listGpus(), env);

/** What each GPU does now. */
export const sampleGpus = async (): Promise<GpuUse[]> => parseGpuUse(await query(USE));

async function query(fields: string): Promise<string> {
  try {
    const args = [`--query-gpu=${fields}`, '--format=csv,noheader,nounits'];
    return (await promisify(execFile)('nvidia-smi', args, { timeout: 10_000 })).stdout;
  } catch {
    return ''; // no NVIDIA driver here
  }
}

/** Rows of that many fields which begin with a number; nvidia-smi says in words that there is nothing to show. */
function rowsOf(text: string, numFields: number): string[][] {
  return text
    .split('\n')
    .map((line) => line.split(',').map((field) => field.trim()))
    .filter((fields) => fields.length === numFields && /^\d+$/.test(fields[0]!));
}

/** null for `[N/A]`, `[Not Supported]` and their like. */
function scaled(text: string, factor: number): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * factor : null;
}

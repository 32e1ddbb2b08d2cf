import { SemblanceError } from '../error.ts';
import {
  type DetectionDialect,
  type Dialect,
  dialectName,
  dialects,
  type NamedDialect,
  normalisesInside,
  type RecognitionDialect,
} from './dialects.ts';
import { detectorHeads } from './heads/index.ts';
import type { InputConventions, ManifestDraft } from './manifest.ts';
import { type OnnxFacts, readOnnxFacts } from './onnx-facts.ts';
import type { Session } from './session.ts';

/** What a caller knows better than the dialect. */
export interface ConventionOptions {
  /** For the dialect 'custom'. */
  task?: 'detection' | 'recognition';
  architecture?: string;
  channels?: 'RGB' | 'BGR';
  /** One number for all channels, or one for each, for pixels from 0 to 255. */
  mean?: number | number[];
  std?: number | number[];
  /** Detectors: a name of the table of heads, and its geometry. */
  head?: string;
  strides?: number[];
  minSizes?: number[][];
  variances?: number[];
  anchorsPerCell?: number;
  scores?: 'probabilities' | 'logits';
  /** Recognizers. */
  flip?: boolean;
}

type Ports = Pick<Session, 'inputs' | 'outputs'>;

/**
 * The manifest of a foreign ONNX model under a dialect, by name or one of your own: its conventions with the names and sizes found in
 * the file.
 *
 * @throws SemblanceError MODEL_DIALECT_UNKNOWN for a name not in the table, MODEL_DIALECT_MISMATCH if the
 * file's outputs, sizes or activations are not those of the dialect.
 */
export function draftManifest(
  bytes: Uint8Array,
  ports: Ports,
  given: string | NamedDialect,
  options: ConventionOptions = {},
): ManifestDraft {
  const facts = readOnnxFacts(bytes);
  const dialect = dialectName(given);
  const conventions = applyOptions(typeof given === 'string' ? lookUp(given, options) : given, options);
  const input = readInput(ports, conventions);
  const common = { architecture: conventions.architecture, createdAt: new Date().toISOString() };
  if (conventions.task === 'detection') {
    checkFingerprint(conventions, facts, dialect);
    const head = detectorHeads[conventions.detector.head];
    if (!head)
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `there is there is no detector head '${conventions.detector.head}'`,
      );
    const outputs = head.assignOutputs(ports.outputs);
    if (!outputs) throw mismatch(dialect, `its outputs are ${describe(ports)}`);
    const landmarks = head.landmarks && 'landmarks' in outputs;
    const told = options.strides || options.anchorsPerCell ? {} : head.geometry?.(outputs);
    const detector = { ...conventions.detector, ...told, outputs, landmarks };
    return { ...common, task: 'detection', input, detector };
  }
  const output = ports.outputs[0]!;
  const embeddingSize = output.shape.at(-1);
  const isVector = ports.outputs.length === 1 && output.shape.length === 2;
  if (!isVector || !embeddingSize) throw mismatch(dialect, `its outputs are ${describe(ports)}`);
  const pixels =
    normalisesInside(facts) && options.mean === undefined ? { mean: [0, 0, 0], std: [1, 1, 1] } : {};
  const recognizer = { ...conventions.recognizer, output: output.name, embeddingSize };
  const size = { width: input.width ?? 112, height: input.height ?? 112 };
  return { ...common, task: 'recognition', input: { ...input, ...size, ...pixels }, recognizer };
}

/**
 * The dialect a bare ONNX file speaks, by the names and shapes of its outputs and by its activations.
 *
 * @throws SemblanceError MODEL_DIALECT_UNKNOWN if they tell none, or more than one.
 */
export function recognizeConventions(bytes: Uint8Array, ports: Ports): string {
  const facts = readOnnxFacts(bytes);
  if (detectorHeads.yunet!.assignOutputs(ports.outputs)) return 'yunet';
  if (detectorHeads.retinaface!.assignOutputs(ports.outputs)) {
    // MobileNet-0.25 weighs under 2 MB, ResNet-50 over 100.
    if (bytes.length > 20_000_000) return 'retinaface-r50';
    return isLeaky(facts) ? 'retinaface-mnet025' : 'retinaface-mnet025-1mb';
  }
  if (detectorHeads.scrfd!.assignOutputs(ports.outputs)) return 'scrfd';
  if (detectorHeads['boxes-only']!.assignOutputs(ports.outputs)) return 'ultralight';
  const shape = ports.outputs[0]?.shape ?? [];
  if (
    ports.outputs.length === 1 &&
    shape.length === 2 &&
    ports.inputs[0]!.shape.slice(1).join() === '3,112,112'
  ) {
    if (shape[1] === 512) return 'arcface-insightface';
    if (shape[1] === 128 && ports.outputs[0]!.name === 'output0') return 'mobilefacenet-foamliu';
    if (shape[1] === 128 && ports.outputs[0]!.name === 'fc1' && normalisesInside(facts)) return 'sface';
  }
  const message = `this model is not one that can be recognized by its outputs (: ${describe(ports)}): import it with one of the dialects ${names()}`;
  throw new SemblanceError('MODEL_DIALECT_UNKNOWN', message);
}

const isLeaky = (facts: OnnxFacts) =>
  (dialects['retinaface-mnet025'] as DetectionDialect).fingerprint!.holds(facts);
const names = () => [...Object.keys(dialects), 'custom'].join(', ');

/** The dialect of that name; 'custom' starts from pixels as they are and takes the rest from options. */
function lookUp(name: string, options: ConventionOptions): Dialect {
  if (Object.hasOwn(dialects, name)) return dialects[name]!;
  if (name !== 'custom')
    throw new SemblanceError('MODEL_DIALECT_UNKNOWN', `there is no dialect '${name}'; there are ${names()}`);
  const plain = { architecture: 'custom', channels: 'RGB' as const, mean: [0, 0, 0], std: [1, 1, 1] };
  if (options.task === 'recognition') {
    return { ...plain, task: 'recognition', recognizer: { template: 'arcface', flip: true } };
  }
  if (options.task !== 'detection' || !options.head) {
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      "the dialect 'custom' needs the task, and a detector its head",
    );
  }
  const { detector } = dialects['retinaface-mnet025'] as DetectionDialect;
  const isAnchored = options.head === 'retinaface';
  return {
    ...plain,
    task: 'detection',
    detector: { ...detector, head: options.head, minSizes: isAnchored ? detector.minSizes : [] },
  };
}

function applyOptions(dialect: Dialect, options: ConventionOptions): Dialect {
  const triple = (value: number | number[]) => (typeof value === 'number' ? [value, value, value] : value);
  const common = {
    architecture: options.architecture ?? dialect.architecture,
    channels: options.channels ?? dialect.channels,
    mean: triple(options.mean ?? dialect.mean),
    std: triple(options.std ?? dialect.std),
  };
  if (dialect.task === 'recognition') {
    const { recognizer } = dialect;
    const result: RecognitionDialect = { ...dialect, ...common };
    return { ...result, recognizer: { ...recognizer, flip: options.flip ?? recognizer.flip } };
  }
  const { head, strides, minSizes, variances, anchorsPerCell, scores } = {
    ...dialect.detector,
    ...defined(options),
  };
  return { ...dialect, ...common, detector: { head, strides, minSizes, variances, anchorsPerCell, scores } };
}

/** The options that were given: a key set to undefined does not count. */
function defined<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function readInput({ inputs }: Ports, { channels, mean, std }: Dialect): InputConventions {
  const { name, shape } = inputs[0]!;
  if (shape.length !== 4 || (shape[1] !== 3 && shape[1] !== null)) {
    const message = `Expected an input of N × 3 × H × W but received ${shape.map((n) => n ?? '?').join(' × ')}`;
    throw new SemblanceError('MODEL_INVALID', message);
  }
  const [batch, , height, width] = shape as [number | null, number | null, number | null, number | null];
  return { name, width, height, batch, multipleOf: 32, channels, mean, std };
}

function checkFingerprint({ fingerprint }: DetectionDialect, facts: OnnxFacts, dialect: string): void {
  if (!fingerprint || fingerprint.holds(facts)) return;
  throw mismatch(
    dialect,
    `of this dialect it is known that ${fingerprint.sentence}, and here that is not so`,
  );
}

function mismatch(dialect: string, why: string): SemblanceError {
  return new SemblanceError(
    'MODEL_DIALECT_MISMATCH',
    `the model does not follow the dialect ${dialect}: ${why}`,
  );
}

function describe({ outputs }: Ports): string {
  return outputs.map(({ name, shape }) => `${name} [${shape.map((n) => n ?? '?').join(', ')}]`).join(', ');
}

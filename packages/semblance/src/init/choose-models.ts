import type { Io } from '../cli/io.ts';
import { SemblanceError } from '../error.ts';

/** Names or paths of the models of a project. */
export interface ChosenModels {
  detector: string;
  recognizer: string;
}

/** What is offered where nothing is chosen yet: the first may be used by anybody for anything. */
const offers = [
  { detector: 'yunet', recognizer: 'sface', what: '39 MB; MIT and Apache-2.0' },
  { detector: 'yunet', recognizer: 'adaface-ir18', what: 'for poor photos; MIT' },
  { detector: 'buffalo-l', recognizer: 'buffalo-l', what: 'non-commercial research only' },
] as const satisfies readonly (ChosenModels & { what: string })[];

/**
 * The models of a project: those that are given, else the defaults of this machine, else the answer of whoever sits at
 * the terminal, or, where they said yes to everything, the first offer.
 *
 * @throws SemblanceError USAGE_MISSING_ARGUMENT where there is nobody to ask
 */
export async function chooseModels(
  given: Partial<ChosenModels> & { yes?: boolean },
  io: Io,
): Promise<ChosenModels> {
  const { readDefaults } = await import('@semblance/face/models');
  const { detector, recognizer } = { ...(await readDefaults(io.env)), ...defined(given) };
  if (detector !== undefined && recognizer !== undefined) return { detector, recognizer };
  const [{ what: _, ...first }] = offers;
  if (given.yes) return { ...first, ...defined({ detector, recognizer }) };
  if (!io.ask) {
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      `no models are chosen: --detector and --recognizer name them, --yes takes ${first.detector} and ${first.recognizer}`,
    );
  }
  io.err('Which models?');
  for (const [i, offer] of offers.entries())
    io.err(`  ${i + 1}  ${[...new Set([offer.detector, offer.recognizer])].join(' and ')}  (${offer.what})`);
  const answer = await io.ask('1 to 3 [1]: ');
  const offer = offers[answer === '' ? 0 : Number(answer) - 1];
  if (!offer) throw new SemblanceError('USAGE_INVALID_VALUE', `expected 1, 2 or 3 but received '${answer}'`);
  return { detector: offer.detector, recognizer: offer.recognizer };
}

/** Fetches those of the models that the catalogue has and this machine has not. */
export async function pullMissing(models: ChosenModels, acceptLicense: boolean, io: Io): Promise<void> {
  const { readCatalogue } = await import('@semblance/face/catalogue');
  const { modelsNamed } = await import('@semblance/face/models');
  const { pullShown } = await import('../cli/pull-models.ts');
  const entries = await readCatalogue(io.env);
  for (const name of new Set(Object.values(models))) {
    const entry = entries.find((candidate) => candidate.name === name);
    if (!entry || (await modelsNamed(name, io.env)).length > 0) continue;
    const { restriction, name: license, url, trainedOn } = entry.license;
    io.err(`${name}: license ${license}${restriction ? `, ${restriction}` : ''}; trained on: ${trainedOn}`);
    const isAccepted = acceptLicense || (restriction !== undefined && (await accepts(url, io)));
    await pullShown(name, { acceptLicense: isAccepted }, io);
  }
}

async function accepts(url: string | undefined, io: Io): Promise<boolean> {
  const answer = await io.ask?.(
    `Have you read the license${url ? ` (${url})` : ''}, and does it allow your use? yes or no: `,
  );
  return answer === 'yes';
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

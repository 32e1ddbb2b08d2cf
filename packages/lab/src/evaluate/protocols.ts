import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SemblanceError } from '../error.ts';
import type { Attributes } from './attributes.ts';
import { readVerificationSet, type VerificationSet } from './verification-set.ts';

/** A list of pairs and the folder its paths start from, both below the protocol's folder; of a `.bin`, the file alone. */
interface Place {
  pairs: string;
  photos?: string;
}

/** A published verification test. */
export interface Protocol {
  title: string;
  /** What it is hard for. */
  about: string;
  /** Who gives it away. */
  from: string;
  /** Where its files may lie, by part; a protocol of several parts reports each of them as a group. */
  parts: Readonly<Record<string, readonly Place[]>>;
}

const ZOO = 'https://github.com/deepinsight/insightface/tree/master/recognition/_datasets_';
const bin = (name: string): Place => ({ pairs: `${name}.bin` });
const RACES = ['African', 'Asian', 'Caucasian', 'Indian'] as const;

/** Every protocol by name: adding one is adding a line. */
export const protocols = {
  lfw: {
    title: 'LFW',
    about: 'news photos, view 2, ten folds',
    from: 'http://vis-www.cs.umass.edu/lfw/',
    parts: { lfw: [{ pairs: 'pairs.txt', photos: '.' }, { pairs: 'pairs.txt', photos: 'lfw' }, bin('lfw')] },
  },
  'cfp-fp': {
    title: 'CFP-FP',
    about: 'frontal against profile',
    from: `http://www.cfpw.io, cfp_fp.bin: ${ZOO}`,
    parts: { 'cfp-fp': [bin('cfp_fp'), { pairs: 'Protocol/Split/FP', photos: '.' }] },
  },
  'agedb-30': {
    title: 'AgeDB-30',
    about: '30 years between two photos',
    from: `https://ibug.doc.ic.ac.uk/resources/agedb/, agedb_30.bin: ${ZOO}`,
    parts: { 'agedb-30': [bin('agedb_30')] },
  },
  calfw: {
    title: 'CALFW',
    about: 'LFW across ages',
    from: `http://whdeng.cn/CALFW, calfw.bin: ${ZOO}`,
    parts: {
      calfw: [
        bin('calfw'),
        { pairs: 'pairs_CALFW.txt', photos: 'aligned images' },
        { pairs: 'pairs_CALFW.txt', photos: 'images' },
      ],
    },
  },
  cplfw: {
    title: 'CPLFW',
    about: 'LFW across poses',
    from: `http://whdeng.cn/CPLFW, cplfw.bin: ${ZOO}`,
    parts: {
      cplfw: [
        bin('cplfw'),
        { pairs: 'pairs_CPLFW.txt', photos: 'aligned images' },
        { pairs: 'pairs_CPLFW.txt', photos: 'images' },
      ],
    },
  },
  rfw: {
    title: 'RFW',
    about: 'four groups at one threshold',
    from: `http://whdeng.cn/RFW (on request), African_test.bin and three more: ${ZOO}`,
    parts: Object.fromEntries(
      RACES.map((race) => [
        race,
        [bin(`${race}_test`), { pairs: `txts/${race}/${race}_pairs.txt`, photos: `data/${race}` }],
      ]),
    ),
  },
  xqlfw: {
    title: 'XQLFW',
    about: 'LFW across image qualities',
    from: 'https://martlgap.github.io/xqlfw/',
    parts: {
      xqlfw: [
        bin('xqlfw'),
        { pairs: 'xqlfw_pairs.txt', photos: 'xqlfw' },
        { pairs: 'xqlfw_pairs.txt', photos: 'xqlfw_aligned_112' },
      ],
    },
  },
} satisfies Record<string, Protocol>;

export type ProtocolName = keyof typeof protocols;
export const protocolNames = Object.keys(protocols) as ProtocolName[];

/**
 * Reads a published test by its name from the folder that its files lie in.
 *
 * A protocol of several parts becomes one list, so that all of them are judged at one threshold, and the part of each
 * photo is its value of the attribute `part`.
 *
 * @throws SemblanceError PATH_NOT_FOUND, naming the files that were looked for and who gives them away; what the readers throw
 */
export async function readProtocol(
  name: ProtocolName,
  dir: string,
): Promise<{ set: VerificationSet; attributes: Attributes | null }> {
  const { title, from, parts }: Protocol = protocols[name];
  const sets: (readonly [string, VerificationSet])[] = [];
  for (const [part, places] of Object.entries(parts)) {
    const place = places.find((one) =>
      [one.pairs, one.photos ?? '.'].every((path) => existsSync(join(dir, path))),
    );
    if (!place) {
      const wanted = places.map(({ pairs, photos }) =>
        photos && photos !== '.' ? `${pairs} with ${photos}/` : pairs,
      );
      throw new SemblanceError(
        'PATH_NOT_FOUND',
        `${title} needs ${wanted.join(', or ')} in ${dir}: get it from ${from}, and name its folder with --data`,
      );
    }
    const photos = place.photos === undefined ? undefined : join(dir, place.photos);
    sets.push([part, await readVerificationSet(join(dir, place.pairs), photos)]);
  }
  if (sets.length === 1) return { set: sets[0]![1], attributes: null };
  const inPart = (part: string, photo: string) => `${part}/${photo}`;
  return {
    set: {
      pairs: {
        pairs: sets.flatMap(([part, { pairs }]) =>
          pairs.pairs.map(({ first, second, same }) => ({
            first: inPart(part, first),
            second: inPart(part, second),
            same,
          })),
        ),
        // Each part comes in folds of its own order: all pairs at once have none in common.
        numFolds: 1,
      },
      photos: sets.flatMap(([part, { photos }]) =>
        photos.map((photo) => ({ ...photo, name: inPart(part, photo.name) })),
      ),
      templates: null,
    },
    attributes: {
      names: ['part'],
      valueOf: (photo) => sets.find(([part]) => photo.startsWith(`${part}/`))?.[0] ?? null,
    },
  };
}

/** A line for each protocol: its name, what it is hard for and where to get it. */
export const protocolLines = (): string[] =>
  protocolNames.map((name) => `${name}: ${protocols[name].about}; ${protocols[name].from}`);

import type { FacePair, NumberedFace, Verification } from '@semblance/face/semblance';
import { defineCommand } from '../cli/command.ts';
import { detectorOption, MODEL_HELP, recognizerOption } from '../cli/model-options.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  photos: string[];
  gallery?: string;
  detector?: string;
  recognizer?: string;
  threshold?: number;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const verifyCommand = defineCommand<Options>({
  path: ['verify'],
  opensGalleries: true,
  summary: 'says whether photos show the same person',
  description:
    'Compares every photo with every other, and every face of one with every face of the other; faces are ' +
    'numbered from left to right. Two faces count as the same person if their similarity reaches the threshold: ' +
    'the one you give, the gallery’s, the recognizer’s, or a default. Of a recognizer that was calibrated it says ' +
    'how often strangers score so high; with --gallery also how often ' +
    'different people in the gallery look this much alike. A photo that cannot be used is named and skipped: exit' +
    ' code 3.',
  examples: [
    ['semblance verify passport.jpg selfie.jpg', 'do both show the same person?'],
    [
      'semblance verify a.jpg b.jpg --gallery people',
      'with the threshold of a gallery, and how often strangers look this much alike',
    ],
    ['semblance verify a.jpg b.jpg c.jpg --format json', 'one line of JSON per pair of photos'],
  ],
  configure(command) {
    command
      .argument('<photos...>', 'two or more photos')
      .option(
        '--gallery <gallery>',
        'a gallery (a name or a folder): its threshold decides, and its people show how alike strangers are',
      )
      .addOption(detectorOption(`${MODEL_HELP} (default: the gallery’s, or see semblance model use)`))
      .addOption(recognizerOption(`${MODEL_HELP} (default: the gallery’s, or see semblance model use)`))
      .addOption(
        numberOption('--threshold <cosine>', 'similarity at which two faces count as the same person', {
          min: -1,
          max: 1,
        }),
      )
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption(detectorSettingsHelp));
  },
  async run({ photos, threshold: given, format, set, ...options }, io) {
    if (photos.length < 2)
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'two photos or more: semblance verify a.jpg b.jpg');
    const detect = detectSettings(set);
    const { Semblance, strangerRate, strangersScoring, strangerWords, verifyFaces } = await import(
      '@semblance/face/semblance'
    );
    const { eachPhoto } = await import('@semblance/face/pipeline');
    await using semblance = await Semblance.open({ ...options, readOnly: true, env: io.env });
    const threshold = semblance.threshold(given);

    const usable: { path: string; faces: NumberedFace[] }[] = [];
    let refused = 0;
    const listed = photos.map((path) => ({ path, name: path }));
    for await (const { path, result: faces, error } of eachPhoto(listed, (photo) =>
      semblance.faces(photo, detect),
    )) {
      if (!error && faces.length > 0) usable.push({ path, faces });
      else {
        refused++;
        io.err(`${path}: ${error ? `${error.code}: ${error.message}` : 'NO_FACE: no face was found'}`);
      }
    }
    if (usable.length < 2) throw new SemblanceError('NO_FACE', 'fewer than two photos show a face');

    for (const [i, a] of usable.entries()) {
      for (const b of usable.slice(i + 1)) {
        const verification = verifyFaces(a.faces, b.faces, threshold);
        const rate = semblance.gallery && strangerRate(semblance.gallery, verification.similarity);
        if (format === 'json') io.out(jsonOf(a.path, b.path, verification, rate));
        else {
          for (const line of linesOf(a.path, b.path, verification)) io.out(line);
          const { impostors } = semblance.recognizer;
          if (impostors) io.out(`  ${strangersScoring(verification.similarity, impostors)}`);
          if (rate || !impostors) io.out(`  ${strangerWords(rate)}`);
        }
      }
    }
    return refused > 0 ? 3 : 0;
  },
});

const verdict = (isSame: boolean): string => (isSame ? 'the same person' : 'different people');

function linesOf(a: string, b: string, { isSame, similarity, threshold, pairs }: Verification): string[] {
  const by = `similarity ${similarity.toFixed(3)}, threshold ${threshold.value.toFixed(3)} (${threshold.basis})`;
  const head = `${a}  ${b}  ${verdict(isSame)}  ${by}`;
  if (pairs.length === 1) return [head];
  const pair = (one: FacePair): string =>
    `  face ${one.a.number} and face ${one.b.number}  ${verdict(one.isSame)}  similarity ${one.similarity.toFixed(3)}`;
  return [head, ...pairs.map(pair)];
}

function jsonOf(
  a: string,
  b: string,
  { isSame, similarity, threshold, pairs }: Verification,
  strangers: { numPairs: number; numAsSimilar: number } | null,
): string {
  const face = ({ number, box, quality }: NumberedFace) => ({
    face: number,
    box: box.map((value) => Number(value.toFixed(2))),
    quality: Number(quality.toFixed(4)),
  });
  return JSON.stringify({
    ...{ a, b, same: isSame, similarity: Number(similarity.toFixed(6)) },
    ...{ threshold: threshold.value, thresholdBasis: threshold.basis, strangers },
    pairs: pairs.map((pair) => ({
      ...{ a: face(pair.a), b: face(pair.b) },
      ...{ same: pair.isSame, similarity: Number(pair.similarity.toFixed(6)) },
    })),
  });
}

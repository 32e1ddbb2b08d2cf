import { join } from 'node:path';
import { formatFacts } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { detectorOption, MODEL_HELP, recognizerOption } from '../cli/model-options.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { sayFirst } from '../cli/say-first.ts';
import { SemblanceError } from '../error.ts';
import { namesOption } from '../faces/enrol-groups.ts';
import { recognizeSettings, recognizeSettingsHelp } from '../faces/settings.ts';

interface Options {
  photos: string[];
  out?: string;
  name?: Record<string, string>;
  into?: string;
  gallery?: string;
  threshold?: number;
  minSize: number;
  detector?: string;
  recognizer?: string;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const galleryClusterCommand = defineCommand<Options>({
  path: ['gallery', 'cluster'],
  opensGalleries: true,
  summary: 'groups the unknown faces of photos by person',
  description:
    'Finds the faces in photos, leaves out those whom the gallery knows, and writes a folder of faces for each person ' +
    'below OUT/people, the largest first; faces that are like nobody go to OUT/alone. Give the folders people’s names, ' +
    'move or delete what is in the wrong one, and semblance gallery build --data OUT/people makes a gallery of them. ' +
    'OUT/groups.json says which photo each face was cut from. Or name groups here: --name GROUP=PERSON --into GALLERY enrolls the ' +
    'faces of groups that were written before.',
  examples: [
    ['semblance gallery cluster photos/ --out people', 'who is in these photos?'],
    [
      'semblance gallery cluster photos/ --gallery friends --out new --min-size 3',
      'people who are not in the gallery and are seen three times or more',
    ],
    [
      'semblance gallery cluster new --name "person-1=Ada Lovelace" --into friends',
      'the faces of new/people/person-1 are hers',
    ],
  ],
  configure(command) {
    command
      .argument('<photos...>', 'photos, or folders of photos; with --name the folder of the groups')
      .option('--out <dir>', 'where the groups go: a folder that is not there yet')
      .addOption(namesOption())
      .option('--into <gallery>', 'the gallery that named groups are enrolled into: a name or a folder')
      .option('--gallery <gallery>', 'leaves out whom it knows: a name or a folder')
      .addOption(
        numberOption(
          '--threshold <cosine>',
          'mean similarity at which two groups are one person (default: what 1 pair of strangers in 10,000 reaches, or 0.45)',
          { min: -1, max: 1 },
        ),
      )
      .addOption(numberOption('--min-size <n>', 'faces that make a group', { min: 1, max: 1e6 }).default(2))
      .addOption(detectorOption(`${MODEL_HELP} (default: the gallery’s, or see semblance model use)`))
      .addOption(recognizerOption())
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption(recognizeSettingsHelp));
  },
  async run(options, io) {
    const { name: names, into, out, ...rest } = options;
    if (names !== undefined || into !== undefined) {
      const { enrolGroups } = await import('../faces/enrol-groups.ts');
      return enrolGroups({ ...rest, names, into }, io);
    }
    const { photos: given, gallery: named, threshold: asked, minSize, format, set, ...models } = rest;
    if (out === undefined)
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'give --out, the folder where the groups go');
    const settings = recognizeSettings(set);
    const { clusterThreshold } = await import('@semblance/face/cluster');
    const { findGallery, Gallery, galleryKeys, modelsOfGallery } = await import('@semblance/face/gallery');
    const { findModel, loadDetector, loadRecognizer, loadForPhotos } = await import('@semblance/face/models');
    const { FacePipeline, photosAt } = await import('@semblance/face/pipeline');
    const { groupPhotos } = await import('../faces/group-photos.ts');
    const photos = (await Promise.all(given.map(photosAt))).flat();
    await using gallery =
      named === undefined
        ? null
        : await Gallery.open(await findGallery(named, io.env), {
            readOnly: true,
            keys: galleryKeys({}, io.env),
          });
    const paths = gallery
      ? await modelsOfGallery(gallery.meta, models, io.env)
      : {
          detector: await findModel(models.detector, 'detection', io.env),
          recognizer: await findModel(models.recognizer, 'recognition', io.env),
        };
    const loading = loadForPhotos(photos.length);
    await using detector = await loadDetector(paths.detector, loading);
    await using recognizer = await loadRecognizer(paths.recognizer, loading);
    const pipeline = new FacePipeline({ detector, recognizer, gallery });
    const { value: threshold, basis } = clusterThreshold(recognizer, asked);
    const progress = createProgress(io, 'looking for faces');
    const { groups, alone, numKnown, refused } = await groupPhotos({
      ...{ photos, pipeline, settings, out, threshold, minSize },
      onProgress: progress.update,
    }).finally(() => progress.end());
    sayFirst(
      io,
      refused.map(({ photo, code, message }) => `left out ${photo}: ${code}: ${message}`),
    );
    if (format === 'json')
      io.out(JSON.stringify({ threshold, basis, groups, alone, known: numKnown, refused }));
    else {
      const numFaces = groups.reduce((sum, { faces }) => sum + faces.length, 0);
      const facts = formatFacts({
        people: `${groups.length} with ${numFaces} faces, the largest group ${groups[0]?.faces.length ?? 0}`,
        alone: `${alone.length} ${alone.length === 1 ? 'face' : 'faces'}`,
        ...(gallery
          ? { known: `${numKnown} ${numKnown === 1 ? 'face' : 'faces'} of the gallery’s people` }
          : {}),
        threshold: `${threshold.toFixed(3)} (${basis})`,
        folder: out,
        next: `give the folders names, then: semblance gallery build --data ${join(out, 'people')} --out GALLERY`,
      });
      for (const line of facts) io.out(line);
    }
    return refused.length > 0 ? 3 : 0;
  },
});

import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { sayFirst } from '../cli/say-first.ts';

interface Options {
  data: string;
  out: string;
  to: (typeof formats)[number];
  category?: string;
  landmarksFrom?: string;
}

/** What photos of people are written as, and what labelled scenes are. */
const peopleFormats = ['folder', 'recordio', 'tar'] as const;
const detectionFormats = ['retinaface', 'wider', 'scrfd', 'dlib', 'coco'] as const;
const formats = [...peopleFormats, ...detectionFormats];

const isOneOf = <T extends string>(names: readonly T[], name: string): name is T =>
  (names as readonly string[]).includes(name);

export const dataConvertCommand = defineCommand<Options>({
  path: ['data', 'convert'],
  summary: 'converts a set of photos to another format',
  description:
    'Photos of people become a folder per person, a RecordIO set (train.rec, train.idx, property, people.txt) or ' +
    'a tar file with label.txt. Detection labels become those of RetinaFace, WIDER FACE, SCRFD, dlib or COCO, ' +
    'with copies of the photos in images/. A verification set (.bin) becomes a folder of photos with pairs.txt. ' +
    'Photos are copied byte for byte. Nothing is overwritten.',
  examples: [
    [
      'semblance data convert --data people/ --to recordio --out people-rec',
      'a folder per person to RecordIO',
    ],
    [
      'semblance data convert --data ms1m/train.rec --to folder --out ms1m-folders',
      'RecordIO to a folder per person',
    ],
    ['semblance data convert --data wider/train --to coco --out wider-coco', 'detection labels to COCO'],
    [
      'semblance data convert --data wider/val --to retinaface --out wider-points --landmarks-from models/detector',
      'adds the landmarks that a detector sees to boxes that have none',
    ],
    [
      'semblance data convert --data lfw.bin --to folder --out lfw-bin',
      'a verification set to photos and pairs.txt',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <path>', 'the set to convert')
      .requiredOption('--out <path>', 'the new set: a folder or a .tar file')
      .addOption(choiceOption('--to <format>', 'format of the new set', formats, 'folder'))
      .option('--category <name>', 'the category of COCO’s labels that counts, where none is called face')
      .option(
        '--landmarks-from <model>',
        'a detector that supplies the landmarks where the labels have none',
      );
  },
  async run({ data, out, to, category, landmarksFrom }, io) {
    const { findModel, loadDetector } = await import('@semblance/face/models');
    const {
      readDetectionLabels,
      readPersonSource,
      recogniseDataset,
      writeDetectionLabels,
      writePersonSource,
    } = await import('@semblance/lab/datasets');
    const { SemblanceError } = await import('@semblance/core');
    const { lockPlace } = await import('@semblance/core/files');
    const task = await recogniseDataset(data);
    using _lock = await lockPlace(out, 'data convert');
    if (task === 'verification-bin' && to === 'folder') {
      const { convertBin } = await import('@semblance/lab/curate');
      io.err(`${await convertBin(data, out)} photos and pairs.txt`);
      io.out(out);
      return 0;
    }
    const progress = createProgress(io, 'writing');
    const refused: string[] = [];
    const told = {
      onProgress: progress.update,
      onRefused: (name: string, reason: string) => void refused.push(`left out ${name}: ${reason}`),
    };
    if (landmarksFrom !== undefined && (task !== 'detection' || to === 'wider'))
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `--landmarks-from is for detection labels in a format that holds landmarks, not for ${data} (${task}) as ${to}`,
      );
    let what: string;
    if (task === 'people' && isOneOf(peopleFormats, to)) {
      const source = await readPersonSource(data);
      const count = await writePersonSource(source, to, out, told).finally(() => progress.end());
      what = `${count} photos of ${source.people.length} people`;
    } else if (task === 'detection' && isOneOf(detectionFormats, to)) {
      let images = await readDetectionLabels(data, { category });
      if (landmarksFrom !== undefined) {
        const { fillLandmarks } = await import('@semblance/lab/curate');
        const { loadForPhotos } = await import('@semblance/face/models');
        await using detector = await loadDetector(
          await findModel(landmarksFrom, 'detection', io.env),
          loadForPhotos(images.length),
        );
        const looking = createProgress(io, 'looking for landmarks');
        const filled = await fillLandmarks(images, detector, looking.update).finally(() => looking.end());
        images = filled.images;
        io.err(`landmarks for ${filled.filled} of ${filled.without} faces without any`);
      }
      const count = await writeDetectionLabels(images, to, out, told).finally(() => progress.end());
      what = `${count} photos with ${images.reduce((sum, { faces }) => sum + faces.length, 0)} faces`;
    } else throw new SemblanceError('USAGE_INVALID_VALUE', `${data} (${task}) cannot be written as ${to}`);
    sayFirst(io, refused);
    io.err(what);
    io.out(out);
    return refused.length > 0 ? 3 : 0;
  },
});

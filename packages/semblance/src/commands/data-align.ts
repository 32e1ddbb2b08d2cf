import { formatFacts } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { detectorOption } from '../cli/model-options.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { sayFirst } from '../cli/say-first.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  data: string;
  detector?: string;
  out: string;
  size: number;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const dataAlignCommand = defineCommand<Options>({
  path: ['data', 'align'],
  summary: 'cuts aligned faces out of photos, ready for training',
  description:
    'From each photo it takes the largest face near the center and moves it to the standard position (112 × 112) ' +
    'that recognizers are trained on. Photos without a face are listed and skipped: exit code 3. OUT/align.jsonl ' +
    'records what was done, by content. Run the command again after an interruption or after adding photos, and ' +
    'only new photos are processed.',
  examples: [
    [
      'semblance data align --data photos/ --detector models/detector --out crops',
      'crops of 112 × 112, in a folder per person',
    ],
    [
      'semblance data align --data raw.tar --detector d.onnx --out crops --size 128 --set minFace=40',
      'photos from a tar file, crops of 128 × 128, faces from 40 pixels on',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <path>', 'photos of people: a folder per person, a RecordIO set or a tar file')
      .addOption(detectorOption())
      .requiredOption('--out <dir>', 'where the crops go; existing ones are kept')
      .addOption(
        numberOption('--size <pixels>', 'width and height of the crops', { min: 16, max: 1024 }).default(112),
      )
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption(detectorSettingsHelp));
  },
  async run({ data, out, size, format, ...options }, io) {
    const detect = detectSettings(options.set);
    const { alignPeople } = await import('@semblance/lab/curate');
    const { findModel, loadDetector, loadForPhotos } = await import('@semblance/face/models');
    const { readPersonSource } = await import('@semblance/lab/datasets');
    const source = await readPersonSource(data);
    const path = await findModel(options.detector, 'detection', io.env);
    await using detector = await loadDetector(path, loadForPhotos(source.labels.length));
    const progress = createProgress(io, 'aligning');
    const result = await alignPeople({
      ...{ source, detector, out, size, detect },
      onProgress: progress.update,
    }).finally(() => progress.end());
    const { refused, numCrops, numKept } = result;
    const lines = refused.map(({ photo, reason }) => `left out ${photo}: ${reason}`);
    sayFirst(io, lines, ` in ${out}/align.jsonl`);
    if (format === 'json') io.out(JSON.stringify({ crops: numCrops, kept: numKept, refused }));
    else {
      const facts = {
        crops: `${numCrops} (${numKept} from before)`,
        'left out': refused.length,
        folder: out,
      };
      for (const line of formatFacts(facts)) io.out(line);
    }
    return refused.length > 0 ? 3 : 0;
  },
});

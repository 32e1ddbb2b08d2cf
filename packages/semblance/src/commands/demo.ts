import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  out: string;
  fresh?: boolean;
  quick?: boolean;
  format: 'table' | 'json';
}

/** Photos on the report, of each kind. */
const NUM_DRAWN = 18;

export const demoCommand = defineCommand<Options>({
  path: ['demo'],
  summary: 'trains two models from scratch, recognizes people, and writes a report',
  description:
    'Renders people and scenes, trains a detector and a recognizer on them, enrolls 48 new people, looks up known' +
    ' people and strangers, and writes report.html. It needs no data and no GPU, and takes about ten minutes on ' +
    'two cores. Run it again after an interruption: finished steps are kept.',
  examples: [
    ['semblance demo', 'writes everything to demo/'],
    ['semblance demo --out /tmp/demo --fresh', 'starts over, in another folder'],
  ],
  configure(command) {
    command
      .option('--out <dir>', 'where data, models, gallery and report go', 'demo')
      .option('--quick', 'runs every step in about a minute; the models learn little')
      .option('--fresh', 'starts over instead of keeping finished steps')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ out, fresh = false, quick = false, format }, io) {
    const startMs = performance.now();
    const { rm } = await import('node:fs/promises');
    const { writeFile } = await import('@semblance/core/files');
    const { relative } = await import('node:path');
    const { Gallery } = await import('@semblance/face/gallery');
    const { loadDetector, loadRecognizer } = await import('@semblance/face/models');
    const { demoFolders, fullPlan, quickPlan } = await import('../demo/plan.ts');
    const { renderData } = await import('../demo/render.ts');
    const { buildGallery, trainModels } = await import('../demo/steps.ts');
    const { measureDetection, measureIdentification } = await import('../demo/measure.ts');
    const { demoReport } = await import('../demo/report.ts');
    const { photoDrawer } = await import('../demo/draw.ts');

    const plan = quick ? quickPlan : fullPlan;
    const folders = demoFolders(out);
    if (fresh)
      for (const folder of ['data', 'models', 'gallery', 'photos'])
        await rm(`${out}/${folder}`, { recursive: true, force: true });
    await renderData(plan, folders, io);
    await trainModels(io, plan, folders);
    await buildGallery(io, folders);

    await using detector = await loadDetector(folders.detector);
    await using recognizer = await loadRecognizer(folders.recognizer);
    await using gallery = await Gallery.open(folders.gallery, { modelId: recognizer.id, readOnly: true });
    const scenes = photoDrawer(folders.photos, 'scene', NUM_DRAWN);
    const probes = photoDrawer(folders.photos, 'probe', NUM_DRAWN);
    const detection = await measureDetection(folders, detector, io, scenes.draw);
    const identification = await measureIdentification(
      plan,
      folders,
      { detector, recognizer, gallery },
      io,
      probes.draw,
    );

    const results = { detection, identification, seconds: (performance.now() - startMs) / 1000 };
    const beside = (paths: string[]) => paths.map((path) => relative(out, path));
    await writeFile(folders.results, `${JSON.stringify(results, null, 2)}\n`);
    await writeFile(folders.report, demoReport(folders, results, beside(scenes.paths), beside(probes.paths)));
    if (format === 'json') {
      io.out(JSON.stringify(results));
      return 0;
    }
    const share = (value: number) => value.toFixed(3);
    io.out(
      [
        `detection       recall ${share(detection.recall)}  precision ${share(detection.precision)}  AP ${share(detection.ap)}  (${detection.faces} faces in ${detection.photos} unseen scenes)`,
        `identification  rank-1 ${share(identification.rank1)}  TPIR ${share(identification.tpir)} at FPIR ${share(identification.fpir)}  (${identification.enrolled} enrolled people, ${identification.strangers} strangers)`,
        `report          ${folders.report}`,
      ].join('\n'),
    );
    return 0;
  },
});

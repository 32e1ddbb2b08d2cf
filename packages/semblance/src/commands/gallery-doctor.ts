import { formatFacts } from '@semblance/core/table';
import type { GalleryCheckup, PhotoFinding } from '@semblance/face/doctor';
import { defineCommand } from '../cli/command.ts';
import { detectorOption, MODEL_HELP } from '../cli/model-options.ts';
import { choiceOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import type { UnusablePhoto } from '../faces/folder-pictures.ts';

interface Options {
  gallery?: string;
  photos?: string;
  mode: 'off' | 'standard' | 'strict';
  detector?: string;
  format: 'table' | 'json';
  json?: boolean;
}

/** The report, with what a folder of photos adds. */
interface Report extends GalleryCheckup {
  gallery: string;
  /** Photos of the folder that no face of the gallery was cut from, and that are not good enough. */
  notEnrolled: { photo: string; findings: PhotoFinding[] }[];
  refused: UnusablePhoto[];
}

export const galleryDoctorCommand = defineCommand<Options>({
  path: ['gallery', 'doctor'],
  opensGalleries: true,
  summary: 'finds what makes a gallery mistake people',
  description:
    'Bad photos, the same photo twice, faces under the wrong name, one person under two names, people who look alike, people ' +
    'with one photo, and the photo that would help most. Nothing is changed. With --photos, the folder that the gallery was ' +
    'built from, size and pose are measured too; without it only light and blur of the faces it keeps. Exit code 3: a photo is ' +
    'not good enough.',
  examples: [
    ['semblance gallery doctor people', 'by what the gallery keeps'],
    [
      'semblance gallery doctor people --photos people/ --mode strict',
      'also by the photos, as for a passport',
    ],
  ],
  configure(command) {
    command
      .argument('[gallery]', 'a name or a folder (default: the only gallery that has a name)')
      .option('--photos <dir>', 'the photos that it was built from')
      .addOption(
        choiceOption(
          '--mode <mode>',
          'how strictly photos are judged',
          ['off', 'standard', 'strict'],
          'standard',
        ),
      )
      .addOption(detectorOption(`${MODEL_HELP} (default: the gallery’s, or see semblance model use)`))
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .option('--json', 'the same as --format json');
  },
  async run({ gallery: given, photos: folder, mode, detector: model, format, json }, io) {
    const { findGallery, Gallery, galleryKeys } = await import('@semblance/face/gallery');
    const { examineGallery, judgePhoto } = await import('@semblance/face/doctor');
    const path = await findGallery(given, io.env);
    await using gallery = await Gallery.open(path, { readOnly: true, keys: galleryKeys({}, io.env) });
    const progress = createProgress(io, 'looking');
    const onProgress = (done: number, total: number) => progress.update(done, total);
    const notEnrolled: Report['notEnrolled'] = [];
    let refused: UnusablePhoto[] = [];
    let checkup: GalleryCheckup;
    try {
      if (folder === undefined) checkup = await examineGallery(gallery, { mode, onProgress });
      else {
        const { loadDetector } = await import('@semblance/face/models');
        const { detectorOfGallery } = await import('@semblance/face/gallery');
        const { FolderPictures } = await import('../faces/folder-pictures.ts');
        await using detector = await loadDetector(await detectorOfGallery(gallery.meta, model, io.env));
        const pictures = await FolderPictures.open(folder, detector);
        const measure = ({ contentHash }: { contentHash: string | null }) => pictures.measure(contentHash);
        checkup = await examineGallery(gallery, { mode, measure, onProgress });
        await pictures.measureOthers((photo, { facts }) => {
          const findings = judgePhoto(facts, mode);
          if (findings.length > 0) notEnrolled.push({ photo, findings });
        });
        refused = pictures.refused;
      }
    } finally {
      progress.end();
    }
    const report: Report = { gallery: path, ...checkup, notEnrolled, refused };
    if (json || format === 'json') io.out(JSON.stringify(report));
    else for (const line of linesOf(report, given ?? path)) io.out(line);
    return report.photos.length + notEnrolled.length + refused.length > 0 ? 3 : 0;
  },
});

/** Entries of a section that are printed; JSON has all. */
const MOST_LINES = 20;

function linesOf(report: Report, name: string): string[] {
  const { photos, notEnrolled, refused, duplicates, mislabels, outliers, twoNames, lookAlikes } = report;
  const named = (face: { id: number; subject: string; photo: string | null }): string =>
    `${face.subject}: face ${face.id}${face.photo === null ? '' : ` (${face.photo})`}`;
  const judged = (findings: readonly PhotoFinding[]): string =>
    findings.map(({ message, next }) => `${message}: ${next}`).join('; ');
  const quoted = (text: string): string => (/^[\w.-]+$/.test(text) ? text : JSON.stringify(text));
  const pair = ({ subjects, similarity }: { subjects: readonly string[]; similarity: number }): string =>
    `${subjects.join(' and ')}: ${similarity.toFixed(3)}`;
  return [
    ...formatFacts({
      gallery: report.gallery,
      people: report.subjects,
      faces: `${report.faces} (${report.compared} compared, ${report.measured} measured)`,
      threshold: report.threshold.toFixed(3),
    }),
    ...section('likely under the wrong name', mislabels, (face) =>
      [
        `${named(face)}, ${face.similarity.toFixed(3)} to their own, ${face.otherSimilarity.toFixed(3)} to ${face.other}:`,
        `semblance gallery split ${quoted(name)} ${quoted(face.subject)} --faces ${face.id} --into ${quoted(face.other)}`,
      ].join(' '),
    ),
    ...section('one person under two names?', twoNames, (both) =>
      [pair(both), `: semblance gallery merge ${quoted(name)} ${both.subjects.map(quoted).join(' ')}`].join(
        '',
      ),
    ),
    ...section(
      'the same picture more than once',
      duplicates,
      ({ faces, kind, isOneSubject }) =>
        `${faces.map(named).join(', ')}${kind === 'same_content' ? '' : ' (nearly the same)'}${isOneSubject ? '' : ': under two names, one is wrong'}`,
    ),
    ...section('not good enough', photos, (face) => `${named(face)}: ${judged(face.findings)}`),
    ...section(
      'not enrolled, and not good enough',
      notEnrolled,
      ({ photo, findings }) => `${photo}: ${judged(findings)}`,
    ),
    ...section(
      'no face, or unreadable',
      refused,
      ({ photo, code, message }) => `${photo}: ${code}: ${message}`,
    ),
    ...section(
      'like nobody here, hardly like their own',
      outliers,
      (face) => `${named(face)}, ${face.similarity.toFixed(3)}`,
    ),
    ...section('alike, and different people', lookAlikes, pair),
    ...section('missing', report.missing, ({ message }) => message),
    ...(report.onePhoto.length > 0
      ? [
          '',
          `one photo only: ${report.onePhoto.slice(0, MOST_LINES).join(', ')}${more(report.onePhoto.length)}`,
        ]
      : []),
  ];
}

const more = (count: number): string => (count > MOST_LINES ? `, and ${count - MOST_LINES} more` : '');

function section<T>(title: string, entries: readonly T[], words: (entry: T) => string): string[] {
  if (entries.length === 0) return [];
  const rest =
    entries.length > MOST_LINES ? [`  … and ${entries.length - MOST_LINES} more: --format json has all`] : [];
  return [
    '',
    `${title} (${entries.length})`,
    ...entries.slice(0, MOST_LINES).map((entry) => `  ${words(entry)}`),
    ...rest,
  ];
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gallery } from '@semblance/face/gallery';
import type { Box, Face } from '@semblance/face/geometry';
import { decodeImage, type Image } from '@semblance/face/image';
import type { Detector, Recognizer } from '@semblance/face/models';
import { FacePipeline } from '@semblance/face/pipeline';
import { readPersonFolders } from '@semblance/lab/datasets';
import {
  averagePrecision,
  closedSetMetrics,
  type DetectionResult,
  detectionCounts,
  openSetMetrics,
  type ProbeResult,
  thresholdAtFpir,
} from '@semblance/lab/metrics';
import { MIN_VISIBLE, type WrittenPhoto } from '@semblance/synthetic';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import type { DemoFolders, DemoPlan } from './plan.ts';

export interface DrawnPhoto {
  image: Image;
  faces: { box: Box; landmarks: [number, number][] | null; label: string; good: boolean }[];
}

interface Scene {
  image: Image;
  found: Face[];
  truth: { box: Box; ignore: boolean }[];
}

/** Detections in a set of rendered scenes, at a low threshold, so that the average precision sees the whole curve. */
async function detectScenes(dir: string, detector: Detector, io: Io): Promise<Scene[]> {
  const photos = JSON.parse(await readFile(join(dir, 'faces.json'), 'utf8')) as WrittenPhoto[];
  const progress = createProgress(io, 'detecting in unseen scenes');
  const scenes: Scene[] = [];
  for (const { path, faces } of photos) {
    const image = await decodeImage(join(dir, path));
    const found = await detector.detect(image, { scale: 1, scoreThreshold: 0.02 });
    scenes.push({
      image,
      found,
      truth: faces.map(({ box, visible }) => ({ box, ignore: visible < MIN_VISIBLE })),
    });
    progress.update(scenes.length, photos.length);
  }
  progress.end();
  return scenes;
}

/** The score threshold with the best F1. */
function bestScoreThreshold(results: readonly DetectionResult[]): number {
  const thresholds = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
  const f1 = (scoreThreshold: number) => detectionCounts(results, { scoreThreshold }).f1;
  return thresholds.reduce((best, threshold) => (f1(threshold) > f1(best) ? threshold : best), 0.5);
}

/** Finds the faces of the unseen scenes; `draw` gets every photo with what was found. */
export async function measureDetection(
  folders: DemoFolders,
  detector: Detector,
  io: Io,
  draw: (photo: DrawnPhoto, index: number) => Promise<void>,
) {
  const scoreThreshold = bestScoreThreshold(await detectScenes(folders.calibrationScenes, detector, io));
  const scenes = await detectScenes(folders.testScenes, detector, io);
  for (const [i, { image, found }] of scenes.entries()) {
    const shown = found.filter(({ score }) => score >= scoreThreshold);
    const faces = shown.map(({ box, landmarks, score }) => ({
      box,
      landmarks,
      label: score.toFixed(2),
      good: true,
    }));
    await draw({ image, faces }, i);
  }
  const { recall, precision, f1 } = detectionCounts(scenes, { scoreThreshold });
  const numFaces = scenes.reduce((sum, { truth }) => sum + truth.filter(({ ignore }) => !ignore).length, 0);
  const ap = averagePrecision(scenes);
  return { photos: scenes.length, faces: numFaces, scoreThreshold, recall, precision, f1, ap };
}

interface Probe extends ProbeResult {
  photo: DrawnPhoto;
}

/** Looks up the face that each photo is of; a photo without one finds nobody. */
async function lookUp(
  dir: string,
  isKnown: boolean,
  pipeline: FacePipeline,
  gallery: Gallery,
  numPeople: number,
  onPhoto: () => void,
): Promise<Probe[]> {
  const { people } = await readPersonFolders(dir);
  const probes: Probe[] = [];
  for (const { name, images } of people)
    for (const { path } of images) {
      const image = await decodeImage(path);
      const [face] = await pipeline.embed(image, { faces: 'subject' });
      const candidates = face ? await gallery.search(face.embedding, numPeople) : [];
      const faces = face ? [{ box: face.box, landmarks: face.landmarks, label: '', good: true }] : [];
      probes.push({ subject: isKnown ? name : null, candidates, photo: { image, faces } });
      onPhoto();
    }
  return probes;
}

/** Open-set identification: the threshold is chosen on the calibration photos, the rates are those of the others. */
export async function measureIdentification(
  plan: DemoPlan,
  folders: DemoFolders,
  { detector, recognizer, gallery }: { detector: Detector; recognizer: Recognizer; gallery: Gallery },
  io: Io,
  draw: (photo: DrawnPhoto, index: number) => Promise<void>,
) {
  const pipeline = new FacePipeline({ detector, recognizer });
  const total =
    plan.portraits.probesPerPerson *
    (2 * plan.enrolled.people + plan.strangers.people + plan.otherStrangers.people);
  const progress = createProgress(io, 'recognizing');
  let done = 0;
  const onPhoto = () => progress.update(++done, total);
  const both = async ({ mated, strangers }: { mated: string; strangers: string }) => ({
    mated: await lookUp(mated, true, pipeline, gallery, plan.enrolled.people, onPhoto),
    strangers: await lookUp(strangers, false, pipeline, gallery, plan.enrolled.people, onPhoto),
  });
  const calibration = await both(folders.calibration);
  const test = await both(folders.test);
  progress.end();

  const threshold = thresholdAtFpir([...calibration.mated, ...calibration.strangers], plan.fpir);
  const probes = [...test.mated, ...test.strangers];
  // a known person and a stranger in turn
  const inTurn = test.strangers.flatMap((stranger, i) => [
    test.mated[(i * 7) % test.mated.length]!,
    stranger,
  ]);
  for (const [i, { subject, candidates, photo }] of inTurn.entries()) {
    const [best] = candidates;
    const answer = best && best.similarity >= threshold ? best.subject : 'unknown';
    const label = best ? `${answer} ${best.similarity.toFixed(2)}` : '';
    await draw(
      {
        ...photo,
        faces: photo.faces.map((face) => ({ ...face, label, good: answer === (subject ?? 'unknown') })),
      },
      i,
    );
  }
  const { rank1, rank1Interval, cmc } = closedSetMetrics(probes);
  const { fpir, fpirInterval, tpir, tpirInterval, mated, nonMated } = openSetMetrics(probes, threshold);
  return {
    enrolled: (await gallery.stats()).subjects,
    strangers: plan.strangers.people,
    probes: { mated, nonMated },
    rank1,
    rank1Interval,
    cmc,
    threshold,
    tpir,
    tpirInterval,
    fpir,
    fpirInterval,
    /** Similarity of each test photo to its own subject, and of each stranger's to the nearest one. */
    similarities: {
      mated: test.mated.map(
        ({ subject, candidates }) => candidates.find((c) => c.subject === subject)?.similarity ?? -1,
      ),
      strangers: test.strangers.map(({ candidates }) => candidates[0]?.similarity ?? -1),
    },
  };
}

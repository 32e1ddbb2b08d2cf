import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from '@semblance/core/statistics';
import { type Image, resizeImage } from '@semblance/face/image';
import { loadDetector, openSession } from '@semblance/face/models';
import { timesInTurn } from './timing.ts';

/** What detection takes, as medians in milliseconds. */
export interface Stages {
  /** Size of the network's input. */
  width: number;
  height: number;
  networkMs: number;
  /** Normalise, network, decode and suppress. */
  fittingMs: number;
  /** The same with resizing before it. */
  detectMs: number;
}

/** Takes detection apart: the network alone, with what is done about a photo of its size, and about this one. */
export async function stagesOf(detectorPath: string, photo: Image, rounds: number): Promise<Stages> {
  const detector = await loadDetector(detectorPath);
  const { input } = detector.manifest;
  const ratio = Math.min(1, 640 / Math.max(photo.width, photo.height));
  const small = await resizeImage(photo, Math.round(photo.width * ratio), Math.round(photo.height * ratio));
  const padded = (size: number) => Math.ceil(size / input.multipleOf) * input.multipleOf;
  const [width, height] = [input.width ?? padded(small.width), input.height ?? padded(small.height)];
  const file = detectorPath.endsWith('.onnx') ? detectorPath : join(detectorPath, 'model.onnx');
  const network = await openSession(await readFile(file));
  const data = new Float32Array(3 * width * height);
  const [networkTimes, fittingTimes, detectTimes] = await timesInTurn(rounds, [
    () => network.run(data, [1, 3, height, width]),
    () => detector.detect(small),
    () => detector.detect(photo),
  ]);
  await network.close();
  await detector.close();
  return {
    width,
    height,
    networkMs: median(networkTimes!),
    fittingMs: median(fittingTimes!),
    detectMs: median(detectTimes!),
  };
}

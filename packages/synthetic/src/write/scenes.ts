import { join } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { mixSeed } from '@semblance/core/random';
import type { SceneFace } from '../scene.ts';
import type { WrittenPhoto } from './jobs.ts';
import { runJobs } from './pool.ts';

export interface WriteScenesOptions {
  /** Folder to write into; made if it is not there. */
  out: string;
  numScenes: number;
  seed: number;
  /** px (640 × 480). */
  width?: number;
  height?: number;
  nuisance?: number;
  /** Smallest face height, px (10). */
  minFace?: number;
  /** People in every scene; 0 to 6, drawn, if not given. */
  numFaces?: number;
  /** Seeds of the people to choose from; strangers only if not given. */
  identitySeeds?: { first: number; count: number };
  /** Threads (as many as cores); the files do not depend on it. */
  workers?: number;
  onProgress?: (scenesDone: number, scenesTotal: number) => void;
}

/**
 * Writes `images/*.jpg` with a RetinaFace `label.txt` beside them, and `faces.json` with names, visible
 * shares and the faces that `label.txt` leaves out because too little of them is seen.
 *
 * @example
 * ```ts
 * import { writeScenes } from '@semblance/synthetic';
 *
 * const scenes = await writeScenes({ out: 'data/scenes', numScenes: 2, seed: 1, width: 160, height: 160 });
 * console.log(scenes.length); // 2
 * ```
 */
export async function writeScenes(options: WriteScenesOptions): Promise<WrittenPhoto[]> {
  const { out, numScenes, seed, width = 640, height = 480, nuisance = 0.9, minFace = 10 } = options;
  await makeFolder(join(out, 'images'));
  const jobs = Array.from({ length: numScenes }, (_, i) => ({
    kind: 'scene' as const,
    out,
    path: `images/${String(i + 1).padStart(6, '0')}.jpg`,
    seed: mixSeed(seed, i),
    width,
    height,
    nuisance,
    minFace,
    ...(options.numFaces === undefined ? {} : { numFaces: options.numFaces }),
    ...(options.identitySeeds === undefined ? {} : { identitySeeds: options.identitySeeds }),
  }));
  const scenes = await runJobs(jobs, {
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    onJob: (done) => options.onProgress?.(done, numScenes),
  });
  await writeFile(join(out, 'label.txt'), formatLabels(scenes));
  await writeFile(join(out, 'faces.json'), `${JSON.stringify(scenes)}\n`);
  return scenes;
}

/**
 * The labels of scenes in RetinaFace's form, as `writeScenes` leaves them in `label.txt`.
 *
 * `# path under images/`, then per face `x y w h`, five times `x y flag`, and the blur (0: sharp enough);
 * -1 for all landmarks where one of them lies outside the picture.
 *
 * @example
 * ```ts
 * import { formatLabels, renderScene } from '@semblance/synthetic';
 *
 * const { image, faces } = renderScene({ seed: 3, width: 320, height: 240, numFaces: 2 });
 * const { width, height } = image;
 * const labels = formatLabels([{ path: 'images/000001.jpg', width, height, faces }]);
 * console.log(labels.split('\n')[0]); // # 000001.jpg
 * ```
 */
export function formatLabels(scenes: readonly WrittenPhoto[]): string {
  const lines: string[] = [];
  for (const { path, width, height, faces } of scenes) {
    lines.push(`# ${path.replace(/^images\//, '')}`);
    for (const face of faces) {
      if ((face as SceneFace).ignore) continue;
      const [x1, y1, x2, y2] = face.box;
      const inside = face.landmarks.every(([x, y]) => x >= 0 && y >= 0 && x <= width && y <= height);
      const points = face.landmarks.map(([x, y]) =>
        inside ? `${x.toFixed(3)} ${y.toFixed(3)} 0.0` : '-1.0 -1.0 -1.0',
      );
      lines.push(
        `${x1.toFixed(2)} ${y1.toFixed(2)} ${(x2 - x1).toFixed(2)} ${(y2 - y1).toFixed(2)} ${points.join(' ')} 0.0`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

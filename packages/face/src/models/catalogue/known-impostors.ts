import type { ImpostorCurve } from '../impostors.ts';
import type { RecognitionManifest } from '../manifest.ts';

interface Known {
  /** Of model.onnx. */
  sha256: string;
  /** The conventions it was measured with: others give other similarities. */
  mean: readonly number[];
  std: readonly number[];
  flip: boolean;
  impostors: ImpostorCurve;
}

/** Curves that we measured of published files, by `semblance model calibrate`; a new one is one entry. */
const known: readonly Known[] = [
  {
    // foamliu/MobileFaceNet, MobileFaceNet.onnx; every second person of LFW with fewer than 10 photos, by name
    sha256: 'b7120c095d60094f28a4a54ba6a8bf51b297a6273fb40ef6350dfec1f63d9507',
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
    flip: true,
    impostors: {
      fmr: [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5],
      threshold: [
        0.0076, 0.0937, 0.1394, 0.1776, 0.221, 0.2503, 0.2769, 0.3097, 0.3324, 0.3536, 0.3829, 0.4032, 0.4224,
      ],
      pairs: 1_124_250,
      people: 1500,
      data: 'LFW, one photo each of 1,500 people',
    },
  },
];

/** The curve of a published file that is used by the conventions it was measured with; null for others. */
export function knownImpostors({ files, input, recognizer }: RecognitionManifest): ImpostorCurve | null {
  const found = known.find(({ sha256 }) => sha256 === files['model.onnx']?.sha256);
  if (!found || recognizer.flip !== found.flip || input.channels !== 'RGB') return null;
  const same = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((v, i) => Math.abs(v - b[i]!) < 0.01);
  return same(found.mean, input.mean) && same(found.std, input.std) ? found.impostors : null;
}

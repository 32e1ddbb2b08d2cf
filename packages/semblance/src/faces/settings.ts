import type { DetectOptions } from '@semblance/face/models';
import type { DecisionOptions } from '@semblance/face/pipeline';
import { parseSettings, type SettingKind } from '../cli/options.ts';

const detectorKinds = {
  scoreThreshold: 'number',
  nmsThreshold: 'number',
  scale: 'scale',
  maxSide: 'number',
  minFace: 'number',
  maxFaces: 'number',
  tile: 'number',
} satisfies Record<keyof DetectOptions, SettingKind>;

const decisionKinds = {
  threshold: 'number',
  margin: 'number',
  minQuality: 'number',
} satisfies Record<keyof DecisionOptions, SettingKind>;

export const detectorSettingsHelp =
  'changes how faces are searched for, repeatable: scoreThreshold, nmsThreshold, scale (fit, or 1 for the photo’s own ' +
  'size), maxSide (pixels), minFace (pixels), maxFaces, tile (pixels; also searches large photos tile by tile)';

export const recognizeSettingsHelp = `${detectorSettingsHelp}; and how they are named: threshold, margin, minQuality`;

/** `--set` of commands that detect. */
export function detectSettings(given?: Record<string, string>): DetectOptions {
  return parseSettings(given, detectorKinds) as DetectOptions;
}

/** `--set` of commands that recognise. */
export function recognizeSettings(given?: Record<string, string>): DetectOptions & DecisionOptions {
  return parseSettings(given, { ...detectorKinds, ...decisionKinds });
}

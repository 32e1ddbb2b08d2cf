import type { DetectorConventions } from '../manifest.ts';
import type { Port } from '../network.ts';
import type { Candidates } from './candidates.ts';

/** Outputs of a network by role, one array for each level or one for all. */
export type RoleOutputs = Record<string, Float32Array[]>;

/** What a head needs to know besides the outputs. */
export interface Frame {
  /** Size of the network's input in pixels. */
  width: number;
  height: number;
  conventions: DetectorConventions;
  /** Candidates below this score are not given. */
  scoreThreshold: number;
}

/** How one family of detectors writes faces into its outputs. */
export interface DetectorHead {
  landmarks: boolean;
  /** Names by role, judged by the outputs' names and shapes; null if they are not those of this family. */
  assignOutputs(outputs: Port[]): Record<string, string[]> | null;
  /** What the number of outputs tells about levels and anchors, where it differs from the dialect's. */
  geometry?(
    roles: Record<string, string[]>,
  ): Partial<Pick<DetectorConventions, 'strides' | 'anchorsPerCell'>>;
  /** How many values each role must hold for an input of this size. */
  sizes(frame: Omit<Frame, 'scoreThreshold'>): Record<string, number[]>;
  /** The candidates above the threshold, in pixels of the network's input, before suppression. */
  decode(outputs: RoleOutputs, frame: Frame): Candidates;
}

/** Width of an output: its last dimension. */
export function lastSize(port: Port): number | null {
  return port.shape.at(-1) ?? null;
}

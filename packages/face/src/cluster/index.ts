/**
 * Faces of people who are not known yet, grouped by person.
 *
 * @module
 */

export { type ClusterOptions, clusterFaces } from './cluster-faces.ts';
export { clusterThreshold } from './cluster-threshold.ts';

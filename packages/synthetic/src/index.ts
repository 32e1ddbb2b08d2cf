/**
 * Rendered people and scenes whose boxes, landmarks and names are known exactly.
 *
 * @module
 */

export { type AlignedCrop, type AlignedCropOptions, renderAlignedCrop } from './aligned.ts';
export { createIdentity, type Identity } from './identity/identity.ts';
export { createPerson, type Person } from './identity/person.ts';
export { type PortraitOptions, renderPortrait, type SyntheticFace, type SyntheticPhoto } from './portrait.ts';
export { MIN_VISIBLE, renderScene, type SceneFace, type SceneOptions, type SyntheticScene } from './scene.ts';
export type { WrittenPhoto } from './write/jobs.ts';
export { type WritePeopleOptions, writePeople } from './write/people.ts';
export { type RenderedPeople, renderPeople } from './write/render-people.ts';
export { formatLabels, type WriteScenesOptions, writeScenes } from './write/scenes.ts';

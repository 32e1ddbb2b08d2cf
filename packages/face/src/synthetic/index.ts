export { type AlignedCrop, type AlignedCropOptions, renderAlignedCrop } from './aligned.ts';
export { Random } from './core/random.ts';
export { createIdentity, type Identity } from './identity/identity.ts';
export { type PortraitOptions, renderPortrait, type SyntheticFace, type SyntheticPhoto } from './portrait.ts';
export { MIN_VISIBLE, renderScene, type SceneFace, type SceneOptions, type SyntheticScene } from './scene.ts';

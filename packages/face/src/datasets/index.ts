export { readDetectionLabels } from './detection-labels.ts';
export { fingerprintFiles, hashBytes, hashFile } from './fingerprint.ts';
export type { LabelledFace, LabelledImage, ParsedLabels } from './label-types.ts';
export { hasImageName, type ListedImage, listImages } from './list-images.ts';
export { type ImagePair, type Pairs, parsePairs, readPairs } from './pairs.ts';
export { type Person, type PersonFolders, readPersonFolders } from './person-folders.ts';
export { parseRetinafaceLabels } from './retinaface-labels.ts';
export { parseScrfdLabels } from './scrfd-labels.ts';
export { parseWiderLabels } from './wider-labels.ts';

export { KEY_BYTES, newKey, open, SEAL_BYTES, seal } from './cipher.ts';
export { defaultKeyFile, type GalleryKeys, galleryKeys, type KeyOptions } from './key-source.ts';
export {
  formatMasterKeys,
  type MasterKey,
  type MasterKeys,
  masterIdOf,
  masterKey,
  newMasterKey,
  parseMasterKeys,
  unwrapKey,
  WRAPPED_BYTES,
  wrapKey,
} from './master-keys.ts';
export { type FaceSecrets, packedEmbedding, packFace, unpackFace } from './packed-face.ts';

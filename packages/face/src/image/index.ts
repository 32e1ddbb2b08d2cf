export { type Annotation, annotate } from './annotate.ts';
export { cropImage, type Part } from './crop.ts';
export { type DecodeOptions, decodeImage, readImageFile } from './decode.ts';
export { encodeJpeg, encodePng, type JpegOptions } from './encode.ts';
export { createImage, fromSharp, type Image, toSharp } from './image.ts';
export { hashDistance, pictureHash } from './picture-hash.ts';
export { resizeImage } from './resize.ts';
export { imageSize } from './size.ts';
export { type ImageKind, sniffImage } from './sniff.ts';

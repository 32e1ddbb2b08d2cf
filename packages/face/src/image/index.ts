/**
 * Pictures: decoding, encoding, resizing, drawing.
 *
 * @module
 */

export { type Annotation, annotate } from './annotate.ts';
export { cropImage, type Part } from './crop.ts';
export { type DecodeOptions, decodeImage } from './decode.ts';
export { encodeJpeg, encodePng, type JpegOptions } from './encode.ts';
export { createImage, fromSharp, type Image, toSharp } from './image.ts';
export { readImageFile, readImageFileSync } from './image-file.ts';
export { plainJpegSize } from './jpeg-head.ts';
export { openPhoto, type Photo, type Picture, pixelsOf, resizePicture } from './photo.ts';
export { asPhotoError, isPhotoError } from './photo-error.ts';
export { hashDistance, pictureHash } from './picture-hash.ts';
export { resizeImage } from './resize.ts';
export { imageSize } from './size.ts';
export { type ImageKind, sniffImage } from './sniff.ts';
export { takenOn } from './taken-on.ts';

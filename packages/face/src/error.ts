import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with images, models and galleries. */
export const faceErrors = defineErrors({
  IMAGE_UNREADABLE: usage('The image cannot be decoded.'),
  IMAGE_TRUNCATED: usage('The image ends before its last pixel.'),
  IMAGE_NOT_AN_IMAGE: usage('The content is not an image, whatever its name says.'),
  IMAGE_TOO_LARGE: usage('The image has more bytes or pixels than are accepted.'),
  NO_FACE: usage('No face was found in the image.'),
  FACE_LOW_QUALITY: usage('The face is too small, blurred or turned away to be used.'),
  MODEL_NOT_FOUND: usage('There is no model in this place.'),
  MODEL_INVALID: usage('The model file cannot be loaded.'),
  MODEL_TAMPERED: failure('A file of the model is not the one its manifest was written for.'),
  MODEL_MANIFEST_INVALID: usage('The manifest of the model is not valid.'),
  MODEL_WRONG_TASK: usage('The model does another task than the one asked for.'),
  MODEL_DIALECT_UNKNOWN: usage('The conventions of the model are not known and were not given.'),
  MODEL_DIALECT_MISMATCH: usage('The model does not follow the conventions it was said to follow.'),
  MODEL_NOT_CHOSEN: usage('No model was named and none is the default.'),
  MODEL_LICENSE_NOT_ACCEPTED: usage('The license of the model restricts its use and was not accepted.'),
  DOWNLOAD_FAILED: failure('A file could not be fetched.'),
  DOWNLOAD_WRONG_CONTENT: failure('A file that was fetched or handed in is not the one that it should be.'),
  MODEL_NO_LANDMARKS: usage('The detector gives no landmarks, and faces cannot be aligned without them.'),
  MODEL_CLOSED: failure('The model was used after it had been disposed.'),
  TELEMETRY_NOT_OFF: failure(
    'The telemetry of ONNX Runtime cannot be switched off from this thread, so it is not loaded.',
  ),
  GALLERY_NOT_FOUND: usage('There is no gallery in this place.'),
  GALLERY_EXISTS: usage('There is a gallery in this place already.'),
  GALLERY_MODEL_MISMATCH: usage('The gallery was built with another recognizer than this one.'),
  GALLERY_CORRUPT: failure('The gallery is damaged.'),
  GALLERY_BUSY: failure('Another process is using the gallery.'),
  GALLERY_SUBJECT_NOT_FOUND: usage('The gallery knows no subject of that name.'),
  GALLERY_SUBJECT_EXISTS: usage('The gallery knows a subject of that name already.'),
  GALLERY_FACE_NOT_FOUND: usage('The gallery holds no face of that id.'),
  GALLERY_NO_CROPS: usage(
    'Faces of the gallery were enrolled without their pictures and cannot be embedded again.',
  ),
});

type FaceErrors = typeof faceErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends FaceErrors {}
}

export * from '@semblance/core/error';

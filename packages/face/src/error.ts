/**
 * Codes of this package's errors.
 *
 * @module
 */

import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with images, models and galleries. */
export const faceErrors = defineErrors({
  IMAGE_UNREADABLE: usage('The image cannot be decoded.'),
  IMAGE_TRUNCATED: usage('The image ends before its last pixel.'),
  IMAGE_NOT_AN_IMAGE: usage('The content is not an image, whatever the file is called.'),
  IMAGE_TOO_LARGE: usage('The image has more bytes or pixels than allowed.'),
  NO_FACE: usage('No face was found in the image.'),
  FACE_LOW_QUALITY: usage('The face is too small, too blurred or turned too far away.'),
  MODEL_NOT_FOUND: usage('There is no model here.'),
  MODEL_INVALID: usage('The model file cannot be loaded.'),
  MODEL_TAMPERED: failure('A file of the model has changed since the model was made.'),
  MODEL_MANIFEST_INVALID: usage('The manifest of the model is not valid.'),
  MODEL_WRONG_TASK: usage('The model is for another task, such as detection instead of recognition.'),
  MODEL_DIALECT_UNKNOWN: usage('The model’s conventions are unknown; say which dialect it follows.'),
  MODEL_DIALECT_MISMATCH: usage('The model does not behave as its dialect says.'),
  MODEL_NOT_CHOSEN: usage('No model was given and there is no default.'),
  MODEL_LICENSE_NOT_ACCEPTED: usage('The model’s license restricts its use and has not been accepted.'),
  MODEL_BUSY: failure('Another process is pulling this model.'),
  DOWNLOAD_FAILED: failure('A file could not be downloaded.'),
  DOWNLOAD_WRONG_CONTENT: failure('A downloaded or given file is not the expected one.'),
  MODEL_NO_LANDMARKS: usage('The detector finds no landmarks, and faces cannot be aligned without them.'),
  MODEL_CLOSED: failure('The model was used after it was closed.'),
  TELEMETRY_NOT_OFF: failure(
    'ONNX Runtime was not loaded, because its telemetry cannot be turned off from this thread.',
  ),
  GALLERY_NOT_FOUND: usage('There is no gallery here.'),
  GALLERY_EXISTS: usage('There is already a gallery here.'),
  GALLERY_MODEL_MISMATCH: usage('The gallery was built with another recognizer.'),
  GALLERY_CORRUPT: failure('The gallery is damaged.'),
  GALLERY_BUSY: failure('Another process is using the gallery.'),
  GALLERY_KEY_MISSING: usage('The gallery is encrypted, and its key was not found.'),
  GALLERY_KEY_WRONG: usage('The key that was given is none, or not that of the gallery.'),
  GALLERY_UNREACHABLE: failure('The database of the gallery does not answer.'),
  GALLERY_DENIED: failure('The database of the gallery refuses the user.'),
  GALLERY_SUBJECT_NOT_FOUND: usage('The gallery has no subject with that name.'),
  GALLERY_SUBJECT_EXISTS: usage('The gallery already has a subject with that name.'),
  GALLERY_NO_PROFILES: usage('The gallery keeps nothing of people but names and faces.'),
  GALLERY_FULL: usage('The gallery has no room for more subjects or samples.'),
  GALLERY_FACE_NOT_FOUND: usage('The gallery has no face with that id.'),
  GALLERY_NOTHING_TO_UNDO: usage('The gallery remembers no change of names that could be undone.'),
  EXPORT_INVALID: usage('The file is no export of a gallery that this version can read.'),
  EXPORT_TRUNCATED: usage('The export was cut off.'),
  EXPORT_TAMPERED: usage('The export is not as its exporter signed it.'),
  EXPORT_UNTRUSTED: usage('The export was signed by a key that is not trusted.'),
  EXPORT_KEY_WRONG: usage('The passphrase or the key does not open the export, or is none.'),
  GALLERY_NO_CROPS: usage(
    'Faces were enrolled without their crops, so another recognizer cannot embed them.',
  ),
});

type FaceErrors = typeof faceErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends FaceErrors {}
}

export * from '@semblance/core/error';

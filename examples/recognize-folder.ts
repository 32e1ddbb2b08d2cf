/**
 * Says who is in the photos of a folder.
 *
 *   node examples/recognize-folder.ts PHOTOS GALLERY DETECTOR RECOGNIZER
 */
import { eachPhoto, FacePipeline, Gallery, loadDetector, loadRecognizer, photosAt } from '@semblance/face';

const [photos, galleryPath, detectorPath, recognizerPath] = process.argv.slice(2);
if (!photos || !galleryPath || !detectorPath || !recognizerPath)
  throw new Error('usage: recognize-folder.ts PHOTOS GALLERY DETECTOR RECOGNIZER');

await using detector = await loadDetector(detectorPath);
await using recognizer = await loadRecognizer(recognizerPath);
// a gallery answers only for the recognizer it was built with
await using gallery = await Gallery.open(galleryPath, { modelId: recognizer.id, readOnly: true });
const pipeline = new FacePipeline({ detector, recognizer, gallery });

// several photos are under way at a time; results come in the order of the names
for await (const photo of eachPhoto(await photosAt(photos), (picture) => pipeline.recognize(picture))) {
  if (photo.error) {
    console.log(`${photo.name}: skipped, ${photo.error.message}`);
    continue;
  }
  const names = photo.result.map(({ match, reason }) =>
    match ? `${match.subject} (${match.similarity.toFixed(2)})` : `unknown (${reason})`,
  );
  console.log(`${photo.name}: ${names.join(', ') || 'nobody'}`);
}

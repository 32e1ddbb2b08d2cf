/**
 * Says whether two photos show the same person.
 *
 *   node examples/verify.ts PHOTO_A PHOTO_B DETECTOR RECOGNIZER [THRESHOLD]
 */
import { FacePipeline, loadDetector, loadRecognizer } from '@semblance/face';
import { chooseThreshold, embedSubject } from '@semblance/face/pipeline';

const [photoA, photoB, detectorPath, recognizerPath, given] = process.argv.slice(2);
if (!photoA || !photoB || !detectorPath || !recognizerPath)
  throw new Error('usage: verify.ts PHOTO_A PHOTO_B DETECTOR RECOGNIZER [THRESHOLD]');

await using detector = await loadDetector(detectorPath);
await using recognizer = await loadRecognizer(recognizerPath);
const pipeline = new FacePipeline({ detector, recognizer });

// of several faces in a photo, the largest near the middle
const [a, b] = await Promise.all([photoA, photoB].map((photo) => embedSubject(pipeline, photo, photo)));

// embeddings have length 1, so their dot product is the cosine of the angle between them
const similarity = a!.embedding.reduce((sum, value, i) => sum + value * b!.embedding[i]!, 0);
const threshold = chooseThreshold({
  given: given === undefined ? null : Number(given),
  recognizer: recognizer.threshold,
  impostors: recognizer.impostors,
});

console.log(similarity >= threshold.value ? 'same person' : 'different people');
console.log(`similarity ${similarity.toFixed(3)}, threshold ${threshold.value} (${threshold.basis})`);

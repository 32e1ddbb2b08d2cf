import { createRequire, registerHooks } from 'node:module';
import { Window } from 'happy-dom';

// CompreFace's SDK as a page has it: axios over XMLHttpRequest and the browser's FormData, from another origin than the
// service's, so that a preflight comes first. Prints what came of adding, recognizing and verifying a Blob.
const [origin, serviceUrl, key, picture] = process.argv.slice(2) as [string, string, string, string];

const page = new Window({ url: `${origin}/page.html` });
const { XMLHttpRequest, FormData, Blob, document } = page;
Object.assign(globalThis, { self: page, window: page, document, XMLHttpRequest, FormData, Blob });

// a bundler takes what `browser` in its package.json says
const require = createRequire(import.meta.url);
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'form-data' ? require.resolve('form-data/lib/browser.js') : specifier, context),
});

const { CompreFace } = await import('@exadel/compreface-js-sdk');
const { hostname, port } = new URL(serviceUrl);
const sdk = new CompreFace(`http://${hostname}`, Number(port));
// its types have paths only
const blob = new Blob([Buffer.from(picture, 'base64')], { type: 'image/png' }) as unknown as string;
const recognition = sdk.initFaceRecognitionService(key);
const answers = [
  await recognition.getFaceCollection().add(blob, 'Ada'),
  await recognition.recognize(blob, { limit: 0 }),
  await sdk.initFaceVerificationService(key).verify(blob, blob, { limit: 0 }),
];
console.log(JSON.stringify(answers));
await page.happyDOM.close();

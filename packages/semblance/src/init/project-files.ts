import type { ChosenModels } from './choose-models.ts';

/** The files of a new project by name. */
export function projectFiles(
  name: string,
  people: string,
  models: ChosenModels,
  version: string,
): Record<string, string> {
  const build = [
    ...['semblance', 'gallery', 'build', '--data', quoted(people), '--out', 'gallery'],
    ...['--detector', quoted(models.detector), '--recognizer', quoted(models.recognizer)],
  ].join(' ');
  const json = {
    ...{ name: packageName(name), private: true, type: 'module' },
    scripts: { gallery: build, who: 'node who.mjs' },
    dependencies: { '@semblance/face': version, semblance: version },
  };
  return {
    'package.json': `${JSON.stringify(json, null, 2)}\n`,
    'who.mjs': script,
    '.gitignore':
      'node_modules/\n# photos of people and what is made of them are personal data\npeople/\ngallery/\n',
    'README.md': readme(name, people),
  };
}

const script = `// Says who is in photos: node who.mjs photo.jpg …
import { Semblance } from '@semblance/face';

const semblance = await Semblance.open({ gallery: \`\${import.meta.dirname}/gallery\`, readOnly: true });
for (const photo of process.argv.slice(2)) {
  for (const { match, reason } of await semblance.recognize(photo)) {
    console.log(photo, match ? \`\${match.subject} (\${match.similarity.toFixed(2)})\` : \`unknown (\${reason})\`);
  }
}
await semblance.close();
`;

const readme = (name: string, people: string): string => `# ${name}

1. Photos of the people you know: a folder each, named after them, in \`${people}\`.
2. \`npm run gallery\` learns their faces. Run it again after adding photos: only new ones are looked at.
3. \`npx semblance recognize photo.jpg --gallery gallery\` says who is in a photo, and \`node who.mjs photo.jpg\` does the same
   from a program of yours.

Ask people before you keep their faces.
`;

const packageName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '') || 'people';
const quoted = (text: string): string => (/^[\w./@:-]+$/.test(text) ? text : JSON.stringify(text));

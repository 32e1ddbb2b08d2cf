import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { defineCommand } from '../cli/command.ts';
import { version } from '../cli/version.ts';
import { SemblanceError } from '../error.ts';

interface Options {
  folder?: string;
  detector?: string;
  recognizer?: string;
  people?: string;
  acceptLicense?: boolean;
  yes?: boolean;
}

export const initCommand = defineCommand<Options>({
  path: ['init'],
  summary: 'starts a project in a new folder: models, a gallery and a script',
  description:
    'Asks which models to use, downloads what is missing, and asks where your photos of people are; options ' +
    'answer before it asks. With photos it builds the gallery right away. It writes package.json, who.mjs, ' +
    'README.md and .gitignore, and overwrites nothing.',
  examples: [
    ['semblance init family', 'asks, and creates the folder family'],
    [
      'semblance init family --people photos/ --yes',
      'asks nothing: takes models that are free for any use, and the people in photos/',
    ],
    [
      'semblance init lab --detector buffalo-l --recognizer buffalo-l --accept-license',
      'with models of your choice',
    ],
  ],
  configure(command) {
    command
      .argument('[folder]', 'the folder to create (default: people)')
      .option('--detector <model>', 'a name from semblance model list, or a path')
      .option('--recognizer <model>', 'a name from semblance model list, or a path')
      .option('--people <dir>', 'photos of the people you know: a folder per person')
      .option('--accept-license', 'says that you have read and accept a license that restricts use')
      .option('--yes', 'accepts every suggestion without asking');
  },
  async run({ folder: given, people: photos, acceptLicense = false, ...options }, io) {
    const { chooseModels, pullMissing } = await import('../init/choose-models.ts');
    const { projectFiles } = await import('../init/project-files.ts');
    const isAsked = io.ask !== undefined && !options.yes;
    const folder = given ?? ((isAsked && (await io.ask!('Folder of the project [people]: '))) || 'people');
    const models = await chooseModels(options, io);
    const from =
      photos ??
      (isAsked ? await io.ask!('Folder of photos, with a folder for each person (empty: later): ') : '');
    if (from !== '' && !existsSync(from))
      throw new SemblanceError('PATH_NOT_FOUND', `no such folder: ${from}`, { details: { path: from } });

    const people = from === '' ? 'people' : relative(resolve(folder), resolve(from));
    const files = projectFiles(
      basename(resolve(folder)),
      people,
      { detector: kept(models.detector), recognizer: kept(models.recognizer) },
      version(),
    );
    const taken = Object.keys(files).find((name) => existsSync(join(folder, name)));
    if (taken !== undefined)
      throw new SemblanceError(
        'PATH_EXISTS',
        `${join(folder, taken)} is there already: choose another folder`,
      );
    await pullMissing(models, acceptLicense, io);
    await makeFolder(join(folder, from === '' ? 'people' : '.'));
    for (const [name, text] of Object.entries(files))
      await writeFile(join(folder, name), text, { flag: 'wx' });
    io.out(`${folder}: ${Object.keys(files).join(', ')}`);
    if (from === '') {
      io.err(
        `Put photos into ${join(folder, 'people')}, a folder for each person, then in ${folder}: npm run gallery`,
      );
      return 0;
    }
    const { galleryBuildCommand } = await import('./gallery-build.ts');
    const gallery = join(folder, 'gallery');
    const build = { data: from, out: gallery, fpir: 0.01, minQuality: 0, crops: true, format: 'table' };
    const code = await galleryBuildCommand.run({ ...build, ...models }, io);
    io.err(`Who is in a photo? semblance recognize photo.jpg --gallery ${gallery}`);
    return code;
  },
});

/** A path as it is found from the project's folder too; a name as it is. */
const kept = (model: string): string => (existsSync(model) ? resolve(model) : model);

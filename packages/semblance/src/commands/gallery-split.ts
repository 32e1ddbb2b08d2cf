import { defineCommand } from '../cli/command.ts';
import { SemblanceError } from '../error.ts';

interface Options {
  gallery: string;
  person: string;
  faces: string[];
  into: string;
}

export const gallerySplitCommand = defineCommand<Options>({
  path: ['gallery', 'split'],
  opensGalleries: true,
  summary: 'gives some of a person’s faces to another person',
  description:
    'For a photo under the wrong name, or two people under one. The other person may be new. semblance gallery show ' +
    'GALLERY --person NAME lists the ids of faces; semblance gallery undo takes it back.',
  examples: [
    ['semblance gallery split people Ada --faces 12 15 --into Byron', 'two of Ada’s faces are Byron’s'],
  ],
  configure(command) {
    command
      .argument('<gallery>', 'the gallery: a name or a folder')
      .argument('<person>', 'whose faces they are now')
      .requiredOption('--faces <id...>', 'the ids of the faces')
      .requiredOption('--into <person>', 'whose they are to be');
  },
  async run({ gallery: given, person, faces, into }, io) {
    const ids = faces.flatMap((text) => text.split(',')).map(faceId);
    const { findGallery, Gallery, galleryKeys } = await import('@semblance/face/gallery');
    await using gallery = await Gallery.open(await findGallery(given, io.env), {
      keys: galleryKeys({}, io.env),
    });
    const moved = await gallery.names.split(person, ids, into);
    const left = gallery.facesOf(person).length;
    io.out(
      `${moved} ${moved === 1 ? 'face' : 'faces'} of ${person} moved to ${into}, who has ${gallery.facesOf(into).length}; ` +
        `${person} has ${left}`,
    );
    return 0;
  },
});

function faceId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new SemblanceError('USAGE_INVALID_VALUE', `expected ids of faces for --faces but received '${text}'`);
}

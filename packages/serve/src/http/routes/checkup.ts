import { checkModes } from '@semblance/face/doctor';
import { z } from 'zod';
import { galleryOf } from '../galleries.ts';
import { ofGallery } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { count, givenCount } from './schemas.ts';

const face = z.object({
  image_id: z.string(),
  subject: z.string(),
  photo: z.string().nullable().describe('The name of the photo it was cut from, where that is known.'),
});
const finding = z.object({
  problem: z.string(),
  value: z.number(),
  limit: z.number(),
  message: z.string(),
  next: z.string().describe('What to do about it.'),
});
const pair = z
  .object({ subjects: z.array(z.string()), similarity: z.number(), image_ids: z.array(z.string()) })
  .meta({ id: 'AlikeSubjects', description: 'Two people and their most similar faces.' });

const checkup = z
  .object({
    mode: z.enum(checkModes),
    threshold: z.number(),
    subjects: count,
    faces: count,
    compared: count.describe(
      'Faces that were compared with all others: fewer than there are in a large gallery.',
    ),
    measured: count.describe('Faces whose picture was measured.'),
    photos: z
      .array(face.extend({ findings: z.array(finding) }))
      .describe('Pictures that are not good enough.'),
    duplicates: z.array(
      z.object({
        kind: z.enum(['same_content', 'near_identical']),
        faces: z.array(face),
        is_one_subject: z.boolean().describe('Where not, one of the names is wrong.'),
      }),
    ),
    mislabels: z
      .array(
        face.extend({
          similarity: z.number().describe('To the most similar other face of their own.'),
          other: z.string().describe('Whom it is most like.'),
          other_similarity: z.number(),
          other_image_id: z.string(),
        }),
      )
      .describe('Faces that are more like somebody else.'),
    outliers: z
      .array(face.extend({ similarity: z.number() }))
      .describe('Faces that are like nobody, and hardly like their own.'),
    two_names: z.array(pair).describe('People who are probably one.'),
    look_alikes: z.array(pair).describe('Different people who look alike.'),
    one_photo: z.array(z.string()).describe('People with one photo.'),
  })
  .meta({ id: 'GalleryCheckup', description: 'What makes a gallery mistake people.' });

/** The doctor of a gallery. */
export const checkupRoutes: RouteGroup = (app, service) => {
  app.get(
    '/api/v1/people/doctor',
    {
      config: { role: 'read', codes: ofGallery },
      schema: {
        operationId: 'examineGallery',
        summary:
          'Finds bad pictures, duplicates, wrong names and look-alikes among the people; changes nothing.',
        tags: ['subjects'],
        querystring: z.object({
          mode: z.enum(checkModes).prefault('standard').describe('How strictly pictures are judged.'),
          most: givenCount(1, 20_000)
            .prefault(2000)
            .describe('Most faces that are looked at, evenly spread: a thousand take some seconds.'),
        }),
        response: { 200: checkup },
      },
    },
    async ({ query }) => {
      const found = await galleryOf(service).thread.call('examine', query);
      const imageId = (id: number): string => service.contract.imageId(id);
      const named = <T extends { id: number }>({ id, ...rest }: T) => ({ image_id: imageId(id), ...rest });
      const paired = ({ faces, ...rest }: (typeof found.twoNames)[number]) => ({
        ...rest,
        image_ids: faces.map(imageId),
      });
      return {
        ...found,
        photos: found.photos.map(named),
        duplicates: found.duplicates.map(({ kind, faces, isOneSubject }) => ({
          ...{ kind, is_one_subject: isOneSubject },
          faces: faces.map(named),
        })),
        mislabels: found.mislabels.map(({ otherSimilarity, otherFace, ...rest }) => ({
          ...named(rest),
          ...{ other_similarity: otherSimilarity, other_image_id: imageId(otherFace) },
        })),
        outliers: found.outliers.map(named),
        two_names: found.twoNames.map(paired),
        look_alikes: found.lookAlikes.map(paired),
        one_photo: found.onePhoto,
      };
    },
  );
};

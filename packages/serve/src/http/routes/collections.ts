import type { ThresholdOptions } from '@semblance/face/gallery';
import { z } from 'zod';
import { DEFAULT_COLLECTION } from '../../collections/collections.ts';
import { isSemblanceError, SemblanceError } from '../../error.ts';
import type { ServingUnit } from '../../fleet/unit.ts';
import { actorOf } from '../auth.ts';
import { collectionOf } from '../collections/open-collection.ts';
import { inAudit } from '../collections/subjects.ts';
import { ofChanges, ofGallery } from '../openapi/error-codes.ts';
import type { RouteGroup, Service } from '../service.ts';
import { metaJson, settingsOf } from './collection-json.ts';
import {
  collectionBase,
  collectionJson,
  collectionsBase,
  inCollection,
  settingsBody,
} from './collection-schemas.ts';
import { givenText } from './schemas.ts';

const tags = ['collections'];
const ofSettings = ['DATA_INVALID', ...ofChanges] as const;

/** Collections: listed, made, set, deleted. */
export const collectionRoutes: RouteGroup = (app, service) => {
  app.get(
    collectionsBase,
    {
      config: { role: 'read', codes: ofGallery },
      schema: {
        operationId: 'listCollections',
        summary: 'Lists collections: the one that is deployed first, the others by name.',
        tags,
        response: { 200: z.object({ collections: z.array(collectionJson) }) },
      },
    },
    async () => {
      const names = [DEFAULT_COLLECTION, ...(await service.collections.names())];
      const collections = [];
      for (const name of names) {
        const shown = await show(service, name).catch((error: unknown) => {
          // one that was deleted meanwhile, or a service without a gallery
          if (isSemblanceError(error, 'GALLERY_NOT_FOUND')) return null;
          throw error;
        });
        if (shown) collections.push(shown);
      }
      return { collections };
    },
  );

  app.post(
    collectionsBase,
    {
      config: { role: 'admin', codes: ['GALLERY_EXISTS', ...ofSettings] },
      schema: {
        operationId: 'createCollection',
        summary: 'Makes an empty collection of the recognizer that serves most requests.',
        tags,
        body: settingsBody.extend({
          name: givenText(1, 63).describe('Small letters, digits, _ and -.'),
        }),
        response: { 201: collectionJson },
      },
    },
    async (request, reply) => {
      const { name, threshold, ...body } = request.body;
      const { unit } = service.deployments.fleet.primary;
      const { id: modelId, embeddingSize } = unit.recognizer;
      const change = { action: 'create collection', ...actorOf(request), target: name } as const;
      await service.audit.around(change, () =>
        service.collections.create(name, {
          ...{ modelId, embeddingSize, detectorId: unit.detector.id, settings: settingsOf(body) },
          ...(threshold == null ? { thresholdBy: foundBy(unit) } : { threshold: cosine(threshold) }),
        }),
      );
      return reply.code(201).send(await show(service, name));
    },
  );

  app.get(
    collectionBase,
    {
      config: { role: 'read', codes: ofGallery },
      schema: {
        operationId: 'getCollection',
        summary: 'A collection, with its settings and how many it knows.',
        tags,
        params: inCollection,
        response: { 200: collectionJson },
      },
    },
    async ({ params }) => show(service, params.collection),
  );

  app.patch(
    collectionBase,
    {
      config: { role: 'admin', codes: ['COLLECTION_MODEL_MISMATCH', ...ofSettings] },
      schema: {
        operationId: 'updateCollection',
        summary: 'Changes settings: null takes one away, what is left out stays.',
        tags,
        params: inCollection,
        body: settingsBody,
        response: { 200: collectionJson },
      },
    },
    async (request) => {
      const { threshold, ...body } = request.body;
      const collection = collectionOf(service, request.params.collection);
      const settings = settingsOf(body);
      const by = threshold == null ? threshold : cosine(threshold);
      const change = { action: 'change collection', ...actorOf(request), ...inAudit(collection) } as const;
      await service.audit.around(change, () =>
        collection.change(async ({ unit, gallery: { thread } }) => {
          if (Object.keys(settings).length > 0) await thread.call('configure', settings);
          if (by === undefined) return;
          if (by === null && unit === null)
            throw new SemblanceError(
              'COLLECTION_MODEL_MISMATCH',
              'its recognizer is not deployed: give a threshold',
            );
          await thread.call('setThreshold', by ?? foundBy(unit!));
        }),
      );
      return show(service, collection.name);
    },
  );

  app.delete(
    collectionBase,
    {
      config: { role: 'admin', codes: ofChanges },
      schema: {
        operationId: 'deleteCollection',
        summary: 'Deletes a collection with everybody in it.',
        tags,
        params: inCollection,
        response: { 200: z.object({ name: z.string() }) },
      },
    },
    async (request) => {
      const { collection: name } = request.params;
      if (name === DEFAULT_COLLECTION)
        throw new SemblanceError(
          'REQUEST_INVALID',
          'the collection that is deployed cannot be deleted: DELETE /api/v1/recognition/subjects removes everybody',
        );
      const change = { action: 'delete collection', ...actorOf(request), target: name } as const;
      await service.audit.around(change, () => service.collections.remove(name));
      return { name };
    },
  );
};

/** By what a threshold is found where none is given. */
const foundBy = ({ recognizer: { impostors, threshold: fallback } }: ServingUnit): ThresholdOptions => ({
  impostors,
  fallback,
});

function cosine(threshold: number): number {
  if (threshold >= -1 && threshold <= 1) return threshold;
  throw new SemblanceError(
    'REQUEST_INVALID',
    `expected a cosine from -1 to 1 for threshold but received ${threshold}`,
  );
}

/** A collection as an answer has it. */
function show(service: Service, name: string): Promise<z.input<typeof collectionJson>> {
  return collectionOf(service, name).read(async ({ thread }) => {
    const meta = await thread.call('meta', null);
    const { faces: samples, subjects } = await thread.call('counts', null);
    const { entries } = service.deployments.fleet;
    const is_deployed = entries.some(({ unit }) => unit.recognizer.id === meta.modelId);
    return { name, is_deployed, subjects, samples, ...metaJson(meta) };
  });
}

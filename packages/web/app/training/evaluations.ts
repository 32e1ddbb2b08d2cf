import { type components, dataOf } from '@semblance/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { project } from './queries.ts';

export type Evaluation = components['schemas']['TrainingEvaluation'];
export type Miss = Evaluation['misses'][number];

/** How versions did on sets of one's own, those on their way included; with the pairs they judged worst where wanted. */
export const evaluationsQuery = (versions: readonly string[], misses = false) =>
  queryOptions({
    queryKey: ['training', 'evaluations', versions, misses],
    queryFn: async () => {
      const params = { path: { project }, query: { versions: versions.join(','), misses } };
      return dataOf(await api.http.GET('/v1/{project}/training-job-evaluations', { params })).evaluations;
    },
  });

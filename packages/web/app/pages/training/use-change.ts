import { dataOf } from '@semblance/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { type Changes, project, type ShownVersion, versionPath } from '../../training/queries.ts';

/** What can be done with a version; lists and pages are asked for again when the service has done it. */
export type Change = 'stop' | 'resume' | 'delete' | Changes;

export function useChange(version: ShownVersion, onDone?: (change: Change) => void) {
  const queries = useQueryClient();
  const params = { path: { project, job: version.job_name, version: version.version_name } };
  return useMutation({
    mutationFn: async (change: Change): Promise<void> => {
      if (change === 'stop') dataOf(await api.http.POST(`${versionPath}/stop`, { params }));
      else if (change === 'resume')
        dataOf(await api.http.POST(`${versionPath}/resume`, { params, body: {} }));
      else if (change === 'delete') dataOf(await api.http.DELETE(versionPath, { params }));
      else dataOf(await api.http.PUT(versionPath, { params, body: change }));
    },
    onSuccess: (_, change) => {
      onDone?.(change);
      // of what was deleted nothing is asked for again
      const gone = change === 'delete' ? version.version_name : null;
      return queries.invalidateQueries({
        queryKey: ['training'],
        predicate: ({ queryKey }) => gone === null || queryKey[1] !== 'version' || queryKey[3] !== gone,
      });
    },
  });
}

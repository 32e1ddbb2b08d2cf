import { useQuery } from '@tanstack/react-query';
import { type ShownVersion, type Version, versionsQuery } from './queries.ts';

/** The version that one was made from, where it is still there. */
export function useParent({ job_name, pre_version_id }: ShownVersion): Version | undefined {
  const { data } = useQuery({ ...versionsQuery(job_name), enabled: pre_version_id !== null });
  return data?.find(({ version_id }) => version_id === pre_version_id);
}

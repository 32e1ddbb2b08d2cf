import { expect } from 'vitest';
import { photo, type Running } from './fixtures.ts';

export const recognize = '/api/v1/recognition/recognize';
export const deployments = '/api/v1/deployments';

/** Deploys and waits for the end of it. */
export async function deploy(service: Running, body: object) {
  const begun = await service.call('POST', deployments, body);
  expect(begun.status).toBe(202);
  expect(begun.json.state).toBe('preparing');
  await service.service.deployments.settled();
  return (await service.call('GET', `${deployments}/${begun.json.id}`)).json;
}

/** The models by whom the next requests are answered. */
export async function answeredBy(service: Running, count: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let i = 0; i < count; i++) {
    const { status, json } = await service.call('POST', `${recognize}?status=true`, await photo(['ada']));
    expect(status).toBe(200);
    const { calculator } = json.plugins_versions;
    counts[calculator] = (counts[calculator] ?? 0) + 1;
  }
  return counts;
}

/** Who the service says is in a picture of somebody. */
export const who = async (service: Running, name: string) =>
  (await service.call('POST', recognize, await photo([name], 7))).json.result[0].subjects[0].subject;
/** Enrols somebody; gives the face's id. */
export const enrol = async (service: Running, name: string) =>
  (await service.call('POST', `/api/v1/recognition/faces?subject=${name}`, await photo([name]))).json
    .image_id;

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Lease } from '../fleet/fleet.ts';
import type { ServingUnit } from '../fleet/unit.ts';
import type { Asker } from '../fleet/worker-pool.ts';
import { ownerOf } from './admit.ts';
import { isCallersFault, isOfState } from './errors.ts';

/** Ends when the client has gone before its answer. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Whose the work for a request is, and whether it is still wanted. */
export const askerOf = (request: FastifyRequest, reply: FastifyReply): Asker => ({
  owner: ownerOf(request),
  signal: signalOf(reply),
  onStage: request.onStage,
});

/** Works with a unit on loan, and notes whether a failure was the unit's. */
export async function leased<T>(lease: Lease, work: (unit: ServingUnit) => Promise<T>): Promise<T> {
  let isFault = false;
  try {
    return await work(lease.unit);
  } catch (error) {
    const isOthers = isCallersFault(error) || isOfState(error);
    isFault = !isOthers && (error as Error).name !== 'AbortError';
    throw error;
  } finally {
    lease.done(isFault);
  }
}

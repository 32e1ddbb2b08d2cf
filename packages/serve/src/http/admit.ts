import type { FastifyReply, FastifyRequest } from 'fastify';
import { readPictures } from './pictures.ts';
import type { Service } from './service.ts';

const leaves = new WeakMap<FastifyRequest, () => void>();

/**
 * Lets a request in whose body is about to arrive. Bodies have places of their own: one that comes slowly takes none where
 * the work is done.
 *
 * @throws SemblanceError OVERLOADED
 */
export function admitArriving({ arriving }: Service, request: FastifyRequest, reply: FastifyReply): void {
  const leave = arriving.enter(ownerOf(request));
  leaves.set(request, leave);
  reply.raw.once('close', leave);
}

/**
 * Lets a request in to the work once its body is here.
 *
 * @throws SemblanceError OVERLOADED, and those of `readPictures`
 */
export async function admitToWork(
  { admission }: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { pictures } = request.routeOptions.config;
  if (pictures) await readPictures(request, pictures);
  leaves.get(request)?.();
  const leave = admission.enter(ownerOf(request));
  // a client that has gone meanwhile closes nothing any more
  if (reply.raw.closed) leave();
  else reply.raw.once('close', leave);
}

/** Whose the request is, where clients take turns. */
export const ownerOf = (request: FastifyRequest): string => request.key?.id ?? '';

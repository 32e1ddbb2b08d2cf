import { fullName, type Version } from '../model.ts';
import type { VersionStore } from '../store/version-store.ts';

/** Versions named in full; of more only how many. */
const MOST_NAMED = 3;

/**
 * Behind what versions wait, by their ids: those that run, and those that come before. One that does not wait is left out.
 *
 * `waits behind faces/V0002, which runs, and faces/V0003, which waits longer`
 */
export async function waitingTexts(
  store: VersionStore,
  versions: readonly Version[],
): Promise<ReadonlyMap<number, string>> {
  const waiting = versions.filter(({ state }) => state === 'pending');
  if (waiting.length === 0) return new Map();
  const running = await store.list({ states: ['running'] });
  const queue = await store.list({ states: ['pending'] });
  return new Map(waiting.map((version) => [version.id, waitingText(version, running, queue)]));
}

function waitingText({ id, spec }: Version, running: readonly Version[], queue: readonly Version[]): string {
  const { gpus } = spec.resources;
  const before = queue.filter((other) => other.id < id);
  const holders = gpus > 0 ? running.filter((other) => other.gpus.length > 0) : running;
  const parts = [
    ...(holders.length > 0 ? [`${named(holders)}, which ${holders.length === 1 ? 'runs' : 'run'}`] : []),
    ...(before.length > 0
      ? [`${named(before)}, which ${before.length === 1 ? 'waits' : 'wait'} longer`]
      : []),
  ];
  const what = gpus > 0 ? ` for ${gpus} GPUs` : '';
  return parts.length === 0
    ? `waits${what}: the next to start`
    : `waits${what} behind ${parts.join(', and ')}`;
}

function named(versions: readonly Version[]): string {
  const names = versions.slice(0, MOST_NAMED).map(fullName);
  const rest = versions.length - names.length;
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

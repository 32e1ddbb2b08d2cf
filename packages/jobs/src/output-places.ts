import { SemblanceError } from './error.ts';
import type { WantedVersion } from './make-version.ts';
import { fullName } from './model.ts';
import type { VersionStore } from './store/version-store.ts';

/** The locations of a version's outputs as far as they are not its own by a `{version}`: `name` → location. */
const fixedPlaces = ({ job, spec }: WantedVersion): [name: string, location: string][] =>
  spec.outputs
    .filter(({ location }) => !/(?:\{|%7B)version(?:\}|%7D)/i.test(location))
    .map(({ name, location }) => [name, placeOf(location, job)]);

const placeOf = (location: string, job: string): string =>
  location.replace(/(?:\{|%7B)job(?:\}|%7D)/gi, job).replace(/\/+$/, '');

/**
 * Holds the locations of outputs against those of other versions: two at one place would mix their files, and what is
 * brought from there would be of neither. One that fetches the earlier output first goes on with it.
 *
 * @throws USAGE_INVALID_VALUE
 */
export async function checkOutputPlaces(
  store: VersionStore,
  wanted: readonly WantedVersion[],
): Promise<void> {
  const taken = new Map<string, string>();
  const fixed = wanted.map((one) => ({ one, places: fixedPlaces(one) }));
  if (fixed.every(({ places }) => places.length === 0)) return;
  for (const version of await store.list()) {
    for (const [, place] of fixedPlaces({ job: version.job, spec: version.spec, origin: {} }))
      taken.set(place, fullName(version));
  }
  for (const { one, places } of fixed) {
    for (const [name, place] of places) {
      const owner = taken.get(place);
      if (owner !== undefined && !(one.spec.predownload && owner.includes('/'))) {
        const message = `output ${name} goes to ${place}, which is that of ${owner}: write {version} into the location, so that each version has its own${owner.includes('/') ? ', or add --predownload to go on with what is there' : ''}`;
        throw new SemblanceError('USAGE_INVALID_VALUE', message);
      }
      taken.set(place, `another output of the same call`);
    }
  }
}

import { SemblanceError } from '../error.ts';
import type { Consent, JsonObject, ProfileChange } from './subject-profile.ts';

/** Most bytes of what is said of a subject or a face, as JSON. */
export const MOST_METADATA_BYTES = 16 * 1024;
const MOST_TEXT = 200;

/** A change of a profile as it is stored. @throws SemblanceError DATA_INVALID */
export function checkedProfile({ externalId, metadata, consent, expiresAt }: ProfileChange): ProfileChange {
  return {
    ...(externalId === undefined ? {} : { externalId: externalId && text('the external id', externalId) }),
    ...(metadata === undefined ? {} : { metadata: metadata && checkedMetadata(metadata) }),
    ...(consent === undefined ? {} : { consent: consent && checkedConsent(consent) }),
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt && time('expiresAt', expiresAt) }),
  };
}

/** @throws SemblanceError DATA_INVALID for what is no object of JSON, or too large */
export function checkedMetadata(metadata: JsonObject): JsonObject {
  const isObject = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  const numBytes = isObject ? Buffer.byteLength(JSON.stringify(metadata)) : 0;
  if (isObject && numBytes <= MOST_METADATA_BYTES) return metadata;
  const why = isObject ? `${numBytes} bytes` : JSON.stringify(metadata);
  throw new SemblanceError(
    'DATA_INVALID',
    `expected metadata as a JSON object of at most ${MOST_METADATA_BYTES} bytes but received ${why}`,
  );
}

const checkedConsent = ({ basis, givenAt, by }: Consent): Consent => ({
  basis: text('the basis of a consent', basis),
  givenAt: time('givenAt', givenAt),
  by: by === null ? null : text('who gave a consent', by),
});

function text(what: string, value: string): string {
  if (value.trim() !== '' && value.length <= MOST_TEXT) return value;
  throw new SemblanceError(
    'DATA_INVALID',
    `expected 1 to ${MOST_TEXT} characters for ${what} but received ${value.length}`,
  );
}

/** The moment in UTC: times are compared as texts. */
function time(what: string, value: string): string {
  const date = new Date(value);
  const year = date.getUTCFullYear();
  if (/^\d{4}-\d\d-\d\d/.test(value) && year >= 1900 && year <= 9999) return date.toISOString();
  throw new SemblanceError(
    'DATA_INVALID',
    `expected a time of ISO 8601, as 2027-01-31T00:00:00Z, for ${what} but received ${value.slice(0, 40)}`,
  );
}

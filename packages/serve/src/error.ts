/**
 * Codes of this package's errors.
 *
 * @module
 */

import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with the service. */
export const serveErrors = defineErrors({
  TOO_MANY_FACES: usage('The image shows more faces than expected.'),
  KEY_MISSING: usage('The request has no API key.'),
  KEY_INVALID: usage('The API key is unknown, damaged or revoked.'),
  KEY_FORBIDDEN: usage('The role of the API key does not allow this.'),
  SESSION_ENDED: usage('The session is over; sign in again.'),
  SESSION_TOKEN: usage('The request does not carry the token of its session.'),
  KEY_NOT_FOUND: usage('There is no API key with that id.'),
  REQUEST_INVALID: usage('The request does not match the schema of its route.'),
  REQUEST_PART_MISSING: usage('A part of the form is missing.'),
  REQUEST_TOO_LARGE: usage('The request is larger than allowed.'),
  REQUEST_TOO_COSTLY: usage('The request took more work than allowed, and was stopped.'),
  REQUEST_TIMEOUT: usage('The request took too long to arrive.'),
  REQUEST_TYPE: usage('The content type of the request is not supported.'),
  PAGE_MISSING: usage('The page was not built.'),
  ROUTE_NOT_FOUND: usage('There is no such route.'),
  REVIEW_OFF: usage('The service keeps no unknown faces.'),
  REVIEW_GROUP_NOT_FOUND: usage('No such group of unknown faces waits for an answer.'),
  REVIEW_NOTHING_TO_UNDO: usage('There is no answer to take back.'),
  RATE_LIMITED: usage('The key has sent too many requests; try again later.'),
  OVERLOADED: failure('The service is busy; try again in a moment.'),
  NOT_READY: failure('A part of the service does not work; its log says which.'),
  SHUTTING_DOWN: failure('The service is shutting down and takes no new requests.'),
  COLLECTION_MODEL_MISMATCH: usage('The collection holds embeddings of another recognizer.'),
  ADDRESS_IN_USE: usage('Another program listens at the address.'),
  ADDRESS_UNAVAILABLE: usage('The service cannot listen at the address.'),
  TLS_INVALID: usage('The service cannot serve TLS with the certificate and the key.'),
  SERVICE_UNREACHABLE: failure('No service answers at that address.'),
  DEPLOYMENT_BUSY: failure('Another deployment is in progress.'),
  DEPLOYMENT_REFUSED: usage('The deployment failed its tests.'),
  DEPLOYMENT_NOT_FOUND: usage('There is no deployment to roll back to.'),
});

type ServeErrors = typeof serveErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends ServeErrors {}
}

export * from '@semblance/core/error';

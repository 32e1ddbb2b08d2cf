import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with the service. */
export const serveErrors = defineErrors({
  TOO_MANY_FACES: usage('The image shows more faces than are expected here.'),
  KEY_MISSING: usage('The request carries no API key.'),
  KEY_INVALID: usage('The API key is unknown, damaged or revoked.'),
  KEY_FORBIDDEN: usage('The API key does not reach this far.'),
  KEY_NOT_FOUND: usage('There is no API key of that id.'),
  REQUEST_INVALID: usage('The request does not have the form it should have.'),
  REQUEST_PART_MISSING: usage('The form has no part of that name.'),
  REQUEST_TOO_LARGE: usage('The request has more bytes than are accepted.'),
  REQUEST_TYPE: usage('The request’s content type is not one that is understood here.'),
  ROUTE_NOT_FOUND: usage('There is nothing at this address.'),
  RATE_LIMITED: usage('The key has asked more often than it may; ask again later.'),
  OVERLOADED: failure('More is asked at once than can be done; ask again in a moment.'),
  SHUTTING_DOWN: failure('The service is ending and takes no more requests.'),
  SERVICE_UNREACHABLE: failure('No service answers at that address.'),
  DEPLOYMENT_BUSY: failure('Another deployment is in work.'),
  DEPLOYMENT_REFUSED: usage('What was to be deployed did not pass its tests.'),
  DEPLOYMENT_NOT_FOUND: usage('There is no deployment to go to.'),
});

type ServeErrors = typeof serveErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends ServeErrors {}
}

export * from '@semblance/core/error';

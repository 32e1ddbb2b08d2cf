// Writes the types of @semblance/client from the document that a service gives of itself.
//   node tools/client/src/main.ts          writes packages/client/src/schema.gen.ts
//   node tools/client/src/main.ts --check  fails where the committed file differs
import { join } from 'node:path';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { writeOrCheck } from '../../../scripts/generated.ts';
import { root } from '../../../scripts/packaging/packages.ts';
import { createFixture } from '../../../test/service/fixtures.ts';

const path = join(root, 'packages', 'client', 'src', 'schema.gen.ts');

/** The document of a service with the contract that it keeps to if it is not told otherwise. */
async function documentOfService(): Promise<OpenAPI3> {
  const fixture = await createFixture();
  try {
    const service = await fixture.start({ compat: 'compreface' });
    try {
      return (await service.call('GET', '/openapi.json')).json as OpenAPI3;
    } finally {
      await service.stop();
    }
  } finally {
    await fixture.remove();
  }
}

const types = await openapiTypes(await documentOfService(), {
  alphabetize: true,
  // bytes come and go as blobs
  transform: ({ format }) =>
    format === 'binary' ? ts.factory.createTypeReferenceNode(ts.factory.createIdentifier('Blob')) : undefined,
});
// what they say stands in the document itself: thousands of lines of it say nothing in the API reference
const hidden = astToString(types).replace(/^export (interface|type) /gm, '/** @hidden */\nexport $1 ');
const fresh = `// Written by npm run gen from the OpenAPI document of the service. Do not edit.\n${hidden}`;

const otherwise = 'the types of the client are not those of the service: run npm run gen:client';
if (writeOrCheck(path, fresh, otherwise)) console.log('the types of the client are up to date');

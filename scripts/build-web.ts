// Builds the page that the service delivers: `npm run build:web` writes packages/web/build, where nothing has changed nothing is done.
import { buildPage } from './packaging/build-page.ts';

console.log(`the page is in ${await buildPage()}`);

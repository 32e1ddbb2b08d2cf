// A process that says what it was started with, and uses what Node calls experimental.

import 'node:sqlite';

console.log(JSON.stringify(process.argv.slice(2)));

import { join } from 'node:path';
import { settingsTable } from '../packages/semblance/src/cli/settings-table.ts';
import { addServeOptions, SERVE_VARIABLES } from '../packages/semblance/src/commands/serve-options.ts';
import { writeOrCheck } from './generated.ts';

// Writes docs/serve-options.md from the options of `semblance serve`; --check says whether it is so.
const text = `<!-- Made by scripts/serve-options.ts from the options; edit those. -->
# Options of the service

Each option of \`semblance serve\` is set by a flag, by a variable of the environment, or in a JSON file that \`--config FILE\` (or
\`${SERVE_VARIABLES}CONFIG\`) names. A flag comes before a variable, a variable before the file, the file before the default.

\`\`\`sh
semblance serve --config serve.json --port 9000
${SERVE_VARIABLES}MAX_FACES=20 semblance serve --config serve.json --print-config   # what is in effect, and what set it
\`\`\`

\`\`\`json
{ "gallery": "people", "host": "0.0.0.0", "maxFaces": 20, "cors": ["https://kiosk.example"], "set": { "minFace": 40 } }
\`\`\`

A variable parts several values by commas (\`${SERVE_VARIABLES}CORS=https://a.example,https://b.example\`,
\`${SERVE_VARIABLES}SET=minFace=40,maxSide=1280\`); an empty one counts as not set. Lists are replaced, not joined. Paths are those of
the folder that the service is started in, wherever they are written. A name that is no option's is refused with the nearest one.
In Kubernetes set \`enableServiceLinks: false\`: a Service called \`semblance-serve\` would otherwise put variables of that prefix
into its pods.

${settingsTable(addServeOptions, SERVE_VARIABLES)}
`;
const path = join(import.meta.dirname, '../docs/serve-options.md');
writeOrCheck(path, text, 'docs/serve-options.md is not what the options say: run npm run gen');

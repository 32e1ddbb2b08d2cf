import { z } from 'zod';
import { findAudit } from '../../audit/find-audit.ts';
import { ofStorage } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { told } from '../told.ts';
import { count, givenCount, givenText } from './schemas.ts';

const text = givenText(1, 200).optional();
const entry = z
  .object({
    line: count.describe('Its number in the file, from 1.'),
    time: z.string(),
    by: z.string().describe('The id of a key, `the service` or `the command line`.'),
    reqId: z.string().nullable(),
    action: z.string(),
    subject: z.string().optional().describe('What a name is hashed to.'),
    to: z.string().optional().describe('The same of the new name.'),
    faces: z.array(z.number()).optional(),
    target: z.string().optional().describe('A deployment or a key.'),
    outcome: z.string().describe('`begun`, `done`, or `failed` with a code.'),
  })
  .meta({ id: 'AuditEntry', description: 'A change that has begun, is done, or has failed.' });

/** Who changed what. */
export const auditRoutes: RouteGroup = (app, { audit }) => {
  app.get(
    '/api/v1/audit',
    {
      config: { role: 'admin', codes: ['DATA_CORRUPT', ...ofStorage] },
      schema: {
        operationId: 'listAudit',
        summary: 'Lists who changed what, the newest first, and verifies the chain of all lines.',
        tags: ['audit'],
        querystring: z.object({
          action: text.describe('As `enrol`, `erase`, `deploy`, `create key`.'),
          ...{ by: text.describe('The id of a key.'), outcome: text.describe('`done`, `begun`, `failed`.') },
          subject: text.describe('The name of a person.'),
          before: givenCount(1).optional().describe('Only lines before this one.'),
          limit: givenCount(1, 1000).prefault(100),
        }),
        response: {
          200: z.object({
            entries: z.array(entry),
            found: count.describe('How many there are before `before`.'),
            lines: count.describe('Lines that were verified.'),
            lastSeal: z
              .string()
              .describe('Of the last of them: noted elsewhere, it proves that none is missing.'),
            flaw: z
              .object({ line: count, why: z.string() })
              .nullable()
              .describe('The first line that is not as it was written; none after it is shown.'),
          }),
        },
      },
    },
    async ({ query: { limit, ...filter } }) => {
      const { entries, numFound, numLines, lastSeal, flaw } = await findAudit(audit.folder, filter, limit);
      return { entries: told(entries), found: numFound, lines: numLines, lastSeal, flaw };
    },
  );
};

import type { Page } from '../shell/page.ts';
import { auditPage } from './audit/page.ts';
import { comparePage } from './compare/page.ts';
import { deployPage } from './deploy/page.ts';
import { evaluationsPage } from './evaluations/page.ts';
import { keysPage } from './keys/page.ts';
import { lossesPage } from './losses/page.ts';
import { peoplePage } from './people/page.ts';
import { recognizePage } from './recognize/page.ts';
import { reviewPage } from './review/page.ts';
import { systemPage } from './system/page.ts';
import { trainingPage } from './training/page.ts';

/** Every page, in the order of the navigation: adding one is adding a folder and a line. */
export const pages: readonly Page[] = [
  ...[recognizePage, peoplePage, reviewPage],
  ...[trainingPage, comparePage, evaluationsPage],
  lossesPage,
  ...[deployPage, keysPage, auditPage, systemPage],
];

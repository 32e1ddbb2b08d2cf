import { UserRoundSearch } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const reviewPage: Page = {
  path: '/review',
  title: { en: 'Review', zh: '复核' },
  icon: UserRoundSearch,
  group: 'faces',
  role: 'enrol',
  load: () => import('./review.tsx'),
};

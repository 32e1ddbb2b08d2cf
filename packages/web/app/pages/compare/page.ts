import { GitCompareArrows } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const comparePage: Page = {
  path: '/compare',
  title: { en: 'Compare', zh: '对比' },
  icon: GitCompareArrows,
  group: 'training',
  role: 'admin',
  load: () => import('./compare.tsx'),
};

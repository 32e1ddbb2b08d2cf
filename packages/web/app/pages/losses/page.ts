import { ChartSpline } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const lossesPage: Page = {
  path: '/losses',
  title: { en: 'Loss laboratory', zh: '损失函数实验室' },
  icon: ChartSpline,
  group: 'learning',
  role: 'read',
  load: () => import('./losses.tsx'),
};

import { Target } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const evaluationsPage: Page = {
  path: '/evaluations',
  title: { en: 'Evaluations', zh: '评估' },
  icon: Target,
  group: 'training',
  role: 'admin',
  load: () => import('./evaluations.tsx'),
};

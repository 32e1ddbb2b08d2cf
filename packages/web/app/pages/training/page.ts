import { Waypoints } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const trainingPage: Page = {
  path: '/training',
  title: { en: 'Training', zh: '训练' },
  icon: Waypoints,
  group: 'training',
  role: 'admin',
  load: () => import('./training.tsx'),
};

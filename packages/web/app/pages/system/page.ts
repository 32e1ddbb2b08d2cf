import { Activity } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const systemPage: Page = {
  path: '/system',
  title: { en: 'System', zh: '系统' },
  icon: Activity,
  group: 'service',
  role: 'admin',
  load: () => import('./system.tsx'),
};

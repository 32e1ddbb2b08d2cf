import { Rocket } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const deployPage: Page = {
  path: '/deploy',
  title: { en: 'Deploy', zh: '部署' },
  icon: Rocket,
  group: 'service',
  role: 'admin',
  load: () => import('./deploy.tsx'),
};

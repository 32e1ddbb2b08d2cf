import { ScrollText } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const auditPage: Page = {
  path: '/audit',
  title: { en: 'Audit', zh: '审计' },
  icon: ScrollText,
  group: 'service',
  role: 'admin',
  load: () => import('./audit.tsx'),
};

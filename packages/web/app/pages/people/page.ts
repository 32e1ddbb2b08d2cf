import { Users } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const peoplePage: Page = {
  path: '/people',
  title: { en: 'People', zh: '人员' },
  icon: Users,
  group: 'faces',
  role: 'read',
  load: () => import('./people.tsx'),
};

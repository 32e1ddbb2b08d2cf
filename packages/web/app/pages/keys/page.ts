import { KeyRound } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const keysPage: Page = {
  path: '/keys',
  title: { en: 'Keys', zh: '密钥' },
  icon: KeyRound,
  group: 'service',
  role: 'admin',
  load: () => import('./keys.tsx'),
};

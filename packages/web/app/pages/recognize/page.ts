import { ScanFace } from 'lucide-react';
import type { Page } from '../../shell/page.ts';

export const recognizePage: Page = {
  path: '/recognize',
  title: { en: 'Recognize', zh: '识别' },
  icon: ScanFace,
  group: 'faces',
  role: 'read',
  load: () => import('./recognize.tsx'),
};

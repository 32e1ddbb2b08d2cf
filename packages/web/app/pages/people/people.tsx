import { useTexts } from '../../texts/texts.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { texts } from './texts.ts';

export default function People() {
  const t = useTexts(texts);
  return <PageHead title={t.title} />;
}

import { useTexts } from '../../texts/texts.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { texts } from './texts.ts';

export default function Recognize() {
  const t = useTexts(texts);
  return <PageHead title={t.title} lead={t.lead} />;
}

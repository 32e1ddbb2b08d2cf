import { Link } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import { Empty } from '../ui/notice.tsx';
import { texts } from './texts.ts';

/** An address that leads nowhere, and the way on. */
export function NotFound() {
  const t = useTexts(texts);
  return (
    <Empty title={t.notFound} action={<Link href="~/ui/">{t.toStart}</Link>}>
      {t.notFoundLead}
    </Empty>
  );
}

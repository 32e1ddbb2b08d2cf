import { Search, UserPlus } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { useLocation, useSearchParams } from 'wouter';
import { may, useSession } from '../../api/session.ts';
import { pageLink } from '../../shell/links.ts';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { DropHint } from '../../ui/drop-hint.tsx';
import { type Given, useGivenFiles } from '../../ui/files.ts';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { give } from './given.ts';
import { Grid } from './grid.tsx';
import styles from './list.module.css';
import { UndoLast } from './moves.tsx';
import { texts } from './texts.ts';
import { type Order, orders, usePeople } from './use-people.ts';

/** Everybody the gallery knows, by a face each. */
export function PeopleList() {
  const t = useTexts(texts);
  const [, go] = useLocation();
  const mayEnrol = may(useSession(), 'enrol');
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const order = orders.find((one) => one === parameters.get('sort')) ?? 'name';
  const [typed, setTyped] = useState(search);
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const found = usePeople(useDeferredValue(search), order, ...range);
  const enrol = (given: Given[]): void => {
    give(given);
    go(pageLink('/people/add'));
  };
  const isOver = useGivenFiles(enrol, mayEnrol);
  const set = (name: string, value: string, unless: string): void =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === unless) after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  // an address that was followed says what is searched
  useEffect(() => setTyped(search), [search]);
  const toEnrol = (
    <Button kind="primary" onPress={() => go(pageLink('/people/add'))}>
      <UserPlus aria-hidden />
      {t.enrolPeople}
    </Button>
  );
  const { total } = found;
  const isEmpty = total === 0 && search === '';
  return (
    <>
      <PageHead title={t.title} lead={total !== null && !isEmpty && t.count(total)}>
        {!isEmpty && (
          <>
            <SearchField
              aria-label={t.searchPeople}
              value={typed}
              onChange={(text) => {
                setTyped(text);
                set('search', text, '');
              }}
              className={styles.search!}
            >
              <Search aria-hidden />
              <Input placeholder={t.search} />
            </SearchField>
            <Segmented<Order>
              label={t.sort}
              value={order}
              options={orders.map((value) => ({ value, label: t[value] }))}
              onChange={(value) => set('sort', value, 'name')}
            />
            {mayEnrol && toEnrol}
          </>
        )}
      </PageHead>
      {found.error !== null && <ErrorNotice error={found.error} onRetry={found.retry} />}
      {mayEnrol && !isEmpty && <UndoLast />}
      {isEmpty && (
        <Empty title={t.emptyTitle} action={mayEnrol && toEnrol}>
          {mayEnrol ? t.emptyLead : t.emptyRead}
        </Empty>
      )}
      {total === 0 && search !== '' && <Empty title={t.nobodyTitle}>{t.nobodyLead}</Empty>}
      {total !== null && total > 0 && <Grid found={found} total={total} onRange={setRange} />}
      {isOver && <DropHint>{t.drop}</DropHint>}
    </>
  );
}

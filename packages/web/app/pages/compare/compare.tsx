import { useQuery } from '@tanstack/react-query';
import { Braces } from 'lucide-react';
import { useTexts } from '../../texts/texts.ts';
import { type Comparison, comparisonAddress, comparisonQuery, isActive } from '../../training/queries.ts';
import { useSearch } from '../../training/search.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Chosen } from './chosen.tsx';
import styles from './compare.module.css';
import { Overlaid } from './curves.tsx';
import { Differences } from './differences.tsx';
import { colorByOf, colorParameters, linesOf } from './looks.ts';
import { Measured } from './measured.tsx';
import { Tables } from './tables.tsx';
import { texts } from './texts.ts';

const ASK_AGAIN_MS = 3000;

/** Versions side by side: what differs in what they were made of, and what came of it. */
export default function Compare() {
  const t = useTexts(texts);
  const [param, set] = useSearch();
  const names = param('versions').split(',').filter(Boolean);
  const isAll = param('rows') === 'all';
  // a job alone is all of its versions
  const isEnough = names.length > 1 || (names.length === 1 && !names[0]!.includes('/'));
  const { data, error, refetch } = useQuery({
    ...comparisonQuery(names, isAll),
    enabled: isEnough,
    refetchInterval: ({ state }) =>
      state.data?.versions.some(({ state }) => isActive(state as never)) ? ASK_AGAIN_MS : false,
  });
  const shown = isEnough ? data : undefined;
  return (
    <>
      <PageHead title={t.title} lead={shown && t.lead(shown.versions.length)}>
        {shown && (
          <a className={styles.json} href={comparisonAddress(names, isAll)} target="_blank" rel="noreferrer">
            <Braces aria-hidden />
            {t.json}
          </a>
        )}
      </PageHead>
      <Chosen names={names} onChange={(chosen) => set({ versions: chosen.join(',') })} />
      {names.length === 0 && (
        <Empty
          title={t.empty}
          action={
            <div className={styles.command}>
              <Copyable code={'semblance jobs compare \\\n  faces/V0001 faces/V0003'} />
            </div>
          }
        >
          {t.emptyLead}
        </Empty>
      )}
      {names.length === 1 && !isEnough && <p className={styles.quiet}>{t.oneMore}</p>}
      {isEnough && error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {shown && <Sides comparison={shown} />}
    </>
  );
}

function Sides({ comparison: given }: { comparison: Comparison }) {
  const t = useTexts(texts);
  const [param, set] = useSearch();
  const wanted = param('baseline');
  const hasWanted = given.versions.some(({ name }) => name === wanted);
  const comparison = hasWanted ? { ...given, baseline: wanted } : given;
  const colorBy = colorByOf(comparison, param('colour'));
  const lines = linesOf(comparison, colorBy);
  const parameters = colorParameters(comparison);
  return (
    <>
      <div className={styles.settings}>
        {parameters.length > 0 && (
          <Select
            label={t.colorBy}
            value={colorBy || 'version'}
            options={[
              { value: 'version', label: t.byVersion },
              ...parameters.map((value) => ({ value, label: value })),
            ]}
            onChange={(colour) => set({ colour })}
          />
        )}
        <div className={styles.choice}>
          <span>{t.rows}</span>
          <Segmented
            label={t.rows}
            value={param('rows') === 'all' ? 'all' : 'differing'}
            options={[
              { value: 'differing', label: t.onlyDiffering },
              { value: 'all', label: t.all },
            ]}
            onChange={(rows) => set({ rows: rows === 'all' ? 'all' : '' })}
          />
        </div>
      </div>
      <Tables
        comparison={comparison}
        lines={lines}
        onBaseline={(baseline) => set({ baseline: baseline === given.baseline ? '' : baseline })}
      />
      <Measured comparison={comparison} />
      <Overlaid comparison={comparison} lines={lines} colorBy={colorBy} />
      <Differences comparison={comparison} />
    </>
  );
}

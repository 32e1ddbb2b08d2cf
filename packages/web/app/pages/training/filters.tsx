import { Star } from 'lucide-react';
import { ToggleButton } from 'react-aria-components';
import { useTexts } from '../../texts/texts.ts';
import { texts as stateTexts } from '../../training/texts.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './list.module.css';
import { type Filter, type Sort, sorts } from './rows.ts';
import { texts } from './texts.ts';

const states = ['pending', 'running', 'completed', 'failed', 'stopped', 'lost'] as const;

export interface FiltersProps {
  filter: Filter;
  metrics: readonly string[];
  onChange(changes: Partial<Record<keyof Filter, string>>): void;
}

/** What is seen of the list, and in which order. */
export function Filters({ filter, metrics, onChange }: FiltersProps) {
  const t = useTexts(texts);
  const s = useTexts(stateTexts);
  const sortNames: Record<Sort, string> = {
    ...{ tree: t.sortTree, newest: t.sortNewest, best: t.sortBest, longest: t.sortLongest },
  };
  return (
    <search className={styles.filters}>
      <Field
        label={t.find}
        type="search"
        placeholder={t.findPlaceholder}
        value={filter.text}
        onChange={(text) => onChange({ text })}
      />
      <Select
        label={t.state}
        value={filter.state}
        options={[
          { value: '' as const, label: t.anyState },
          ...states.map((value) => ({ value, label: s[value] })),
        ]}
        onChange={(state) => onChange({ state })}
      />
      <Select
        label={t.metric}
        value={filter.metric}
        options={[
          { value: '', label: t.ownMetric },
          ...[...new Set([...metrics, ...(filter.metric ? [filter.metric] : [])])].map((value) => ({
            value,
            label: value,
          })),
        ]}
        onChange={(metric) => onChange({ metric })}
      />
      <Select
        label={t.order}
        value={filter.sort}
        options={sorts.map((value) => ({ value, label: sortNames[value] }))}
        onChange={(sort) => onChange({ sort: sort === 'tree' ? '' : sort })}
      />
      <ToggleButton
        className={styles.toggle!}
        isSelected={filter.isStarred}
        onChange={(isOn) => onChange({ isStarred: isOn ? 'yes' : '' })}
      >
        <Star aria-hidden />
        {t.starred}
      </ToggleButton>
    </search>
  );
}

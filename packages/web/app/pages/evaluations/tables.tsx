import { useTexts } from '../../texts/texts.ts';
import { percent } from '../../training/rate-table.tsx';
import { NumberCell, Table } from '../../ui/table.tsx';
import styles from './evaluations.module.css';
import { texts } from './texts.ts';

type Interval = readonly [number, number];
type Group = Readonly<Record<string, number | string | null | Interval>> & { group: string };

/** What a report says, as far as it does: each kind of evaluation has its own. */
export interface Facts {
  accuracy?: number;
  accuracyInterval?: Interval;
  eer?: number;
  threshold?: number;
  pairs?: number;
  missedPairs?: number;
  tarAtFar?: Readonly<Record<string, number>>;
  tarAtFarInterval?: Readonly<Record<string, Interval>>;
  groups?: Readonly<Record<string, readonly Group[]>>;
  curves?: { roc?: readonly (readonly number[])[]; det?: readonly (readonly number[])[] };
}

/** How often one person is refused where so many strangers pass, with 95 % intervals. */
export function OperatingPoints({ facts: { tarAtFar = {}, tarAtFarInterval = {} } }: { facts: Facts }) {
  const t = useTexts(texts);
  const heads = [{ name: t.fmr }, ...[t.fnmr, t.interval, t.tar].map((name) => ({ name, isNumber: true }))];
  return (
    <section className={styles.section} aria-label={t.operating}>
      <h2>{t.operating}</h2>
      <Table label={t.operating} heads={heads}>
        {Object.entries(tarAtFar)
          .sort(([a], [b]) => Number(b) - Number(a))
          .map(([far, tar]) => {
            const interval = tarAtFarInterval[far];
            return (
              <tr key={far}>
                <th scope="row">{far}</th>
                <NumberCell>{percent(1 - tar)}</NumberCell>
                <NumberCell>
                  {interval ? `${percent(1 - interval[1])} – ${percent(1 - interval[0])}` : '–'}
                </NumberCell>
                <NumberCell>{percent(tar)}</NumberCell>
              </tr>
            );
          })}
      </Table>
    </section>
  );
}

/** Rates of groups at the threshold that all share; an attribute each. */
export function Groups({ groups }: { groups: NonNullable<Facts['groups']> }) {
  const t = useTexts(texts);
  return (
    <section className={styles.section} aria-label={t.groups}>
      <h2>{t.groups}</h2>
      {Object.entries(groups).map(([attribute, rows]) => {
        const names = Object.entries(rows[0] ?? {}).flatMap(([name, value]) =>
          name !== 'group' && !Array.isArray(value) && !name.endsWith('Interval') ? [name] : [],
        );
        const heads = [{ name: attribute }, ...names.map((name) => ({ name, isNumber: true }))];
        return (
          <Table key={attribute} label={attribute} heads={heads}>
            {rows.map((row) => (
              <tr key={row.group}>
                <th scope="row">{row.group}</th>
                {names.map((name) => (
                  <NumberCell key={name}>{said(row[name])}</NumberCell>
                ))}
              </tr>
            ))}
          </Table>
        );
      })}
    </section>
  );
}

/** Counts are whole, rates are shares. */
const said = (value: Group[string] | undefined): string =>
  typeof value !== 'number'
    ? '–'
    : Number.isInteger(value) && value > 1
      ? value.toLocaleString('en')
      : percent(value);

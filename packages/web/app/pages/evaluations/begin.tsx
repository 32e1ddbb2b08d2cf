import { dataOf } from '@semblance/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { Link, useLocation } from 'wouter';
import { api } from '../../api/client.ts';
import { useTexts } from '../../texts/texts.ts';
import { project } from '../../training/queries.ts';
import { useSearch } from '../../training/search.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import styles from './evaluations.module.css';
import { texts } from './texts.ts';

/** Asks which versions are measured on which pairs. */
export function Begin() {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [param, set] = useSearch();
  const [{ pairs, data, detector }, setPlaces] = useState({ pairs: '', data: '', detector: '' });
  const [isCrops, setCrops] = useState(false);
  const versions = param('versions')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const beginning = useMutation({
    mutationFn: async () => {
      const given = { pairs, data, ...(isCrops ? { crops: 'true' } : { detector }) };
      const parameter = Object.entries(given)
        .filter(([, value]) => value.trim() !== '')
        .map(([label, value]) => ({ label, value: value.trim() }));
      const body = {
        job_name: 'evaluations',
        task: 'evaluate-verification',
        versions,
        config: { parameter },
      };
      const params = { path: { project } };
      return dataOf(await api.http.POST('/v1/{project}/training-job-evaluations', { params, body }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['training'] });
      go('/');
    },
  });
  const isWhole = versions.length > 0 && pairs.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWhole) beginning.mutate();
  };
  return (
    <>
      <Link href="/" className={styles.back}>
        ← {t.title}
      </Link>
      <PageHead title={t.evaluate} lead={t.beginLead} />
      <form className={styles.form} onSubmit={submit}>
        <Field
          label={t.versions}
          hint={t.versionsHint}
          isCode
          value={param('versions')}
          onChange={(value) => set({ versions: value })}
        />
        <Field
          label={t.pairs}
          hint={t.pairsHint}
          isCode
          value={pairs}
          onChange={(value) => setPlaces({ pairs: value, data, detector })}
        />
        <Field
          label={t.data}
          hint={t.dataHint}
          isCode
          value={data}
          onChange={(value) => setPlaces({ pairs, data: value, detector })}
        />
        <Checkbox isSelected={isCrops} onChange={setCrops} className={styles.check!}>
          <span className={styles.box} aria-hidden />
          {t.crops}
        </Checkbox>
        {!isCrops && (
          <Field
            label={t.detector}
            hint={t.detectorHint}
            isCode
            value={detector}
            onChange={(value) => setPlaces({ pairs, data, detector: value })}
          />
        )}
        {beginning.error && <ErrorNotice error={beginning.error} />}
        <div className={styles.end}>
          <Button kind="primary" type="submit" isPending={beginning.isPending} isDisabled={!isWhole}>
            {t.evaluate}
          </Button>
        </div>
      </form>
    </>
  );
}

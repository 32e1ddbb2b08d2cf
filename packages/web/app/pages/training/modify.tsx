import { dataOf } from '@semblance/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../../api/client.ts';
import { useTexts } from '../../texts/texts.ts';
import { project, type ShownVersion, taskQuery, versionQuery } from '../../training/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { texts } from './texts.ts';
import styles from './version.module.css';

type Beginning = 'anew' | 'weights' | 'checkpoint';

/** The form that makes a version from another: its parameters as they were, to be changed. */
export function Modify({ job, name }: { job: string; name: string }) {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery(versionQuery(job, name));
  return (
    <>
      <div className={styles.top}>
        <Link href={`/${job}/${name}`} className={styles.back}>
          {job}/{name}
        </Link>
        <PageHead title={t.modifyTitle(name)} lead={t.modifyLead} />
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && <Form version={data} />}
    </>
  );
}

/** What the task takes, and what its recipe sets; of a command of one's own nobody knows more than it had. */
function usePreset({ task, command, options }: ShownVersion): ReadonlyMap<string, string> {
  const { recipe, loss } = options;
  const query = { ...(recipe ? { recipe } : {}), ...(loss ? { loss } : {}) };
  const { data } = useQuery({ ...taskQuery(task, query), enabled: command.length === 0 });
  return new Map(data?.parameter.map(({ label, value }) => [label, value]));
}

function Form({ version }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const [, go] = useLocation();
  const preset = usePreset(version);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [description, setDescription] = useState('');
  const [beginning, setBeginning] = useState<Beginning>('anew');
  const [word, setWord] = useState('');
  const before = new Map(version.parameter.map(({ label, value }) => [label, value]));
  const changed = Object.entries(values).filter(([label, value]) => before.get(label) !== value);
  const create = useMutation({
    mutationFn: async () =>
      dataOf(
        await api.http.POST('/v1/{project}/training-jobs/{job}/versions', {
          params: { path: { project, job: version.job_name } },
          body: {
            job_desc: description,
            config: {
              pre_version_id: version.version_name,
              parameter: changed.map(([label, value]) => ({ label, value })),
              is_continued: beginning === 'weights',
              is_resumed: beginning === 'checkpoint',
            },
          },
        }),
      ),
    onSuccess: ({ version_name }) => {
      void queries.invalidateQueries({ queryKey: ['training'] });
      go(`/${version.job_name}/${version_name}`);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  const labels = [...new Set([...before.keys(), ...preset.keys()])].filter((label) =>
    label.toLowerCase().includes(word.toLowerCase()),
  );
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <div className={styles.formTop}>
        <Field label={t.description} value={description} onChange={setDescription} maxLength={256} />
        {version.command.length === 0 && (
          <div className={styles.beginning}>
            <span className={styles.label}>{t.beginning}</span>
            <Segmented<Beginning>
              label={t.beginning}
              value={beginning}
              options={[
                { value: 'anew', label: t.anew },
                { value: 'weights', label: t.fromWeights },
                { value: 'checkpoint', label: t.fromCheckpoint },
              ]}
              onChange={setBeginning}
            />
          </div>
        )}
      </div>
      <div className={styles.logHead}>
        <h2>{t.parameters}</h2>
        {before.size > 8 && <Field label={t.findParameter} type="search" value={word} onChange={setWord} />}
      </div>
      {before.size === 0 && <p className={styles.quiet}>{t.noParameters}</p>}
      <div className={styles.parameters}>
        {labels.map((label) => (
          <Parameter
            key={label}
            label={label}
            value={values[label] ?? before.get(label) ?? preset.get(label) ?? ''}
            before={before.get(label)}
            preset={preset.get(label)}
            onChange={(value) => {
              create.reset();
              setValues((all) => ({ ...all, [label]: value }));
            }}
          />
        ))}
      </div>
      {create.error && <ErrorNotice error={create.error} />}
      <div className={styles.formEnd}>
        <p className={styles.quiet} aria-live="polite">
          {changed.length === 0 ? t.nothingChanged : t.numChanged(changed.length)}
        </p>
        <Button kind="primary" type="submit" isDisabled={create.isPending}>
          {t.create}
        </Button>
      </div>
    </form>
  );
}

interface ParameterProps {
  label: string;
  value: string;
  before: string | undefined;
  preset: string | undefined;
  onChange(value: string): void;
}

/** A parameter: a choice where it is one of two, a line of text else; beside it what it was, or what its recipe says. */
function Parameter({ label, value, before, preset, onChange }: ParameterProps) {
  const t = useTexts(texts);
  const hint =
    before !== undefined && value !== before
      ? t.was(before)
      : preset !== undefined && preset !== value
        ? t.preset(preset)
        : '';
  const isFlag = [before, preset].some((one) => one === 'true' || one === 'false');
  return (
    <div className={value === (before ?? preset) ? undefined : styles.touched}>
      {isFlag ? (
        <Select
          label={label}
          value={value}
          options={['true', 'false'].map((one) => ({ value: one, label: one === 'true' ? t.yes : t.no }))}
          onChange={onChange}
        />
      ) : (
        <Field label={label} value={value} onChange={onChange} hint={hint} isCode />
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { useSearch } from '../../training/search.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { CandidateRates } from './candidate.tsx';
import styles from './deploy.module.css';
import { revisionsQuery, useStep, type Wanted } from './queries.ts';
import { ShareBar } from './share-bar.tsx';
import { sharesWith } from './shares.ts';
import { texts } from './texts.ts';
import { VersionField } from './version-field.tsx';

/** What a canary begins with, where somebody else serves already. */
const CANARY = 10;

const empty = { name: '', detector: '', recognizer: '', gallery: '' };

/** Asks what is to serve, with how many of the requests, and says what will then. */
export function Begin() {
  const t = useTexts(texts);
  const [, go] = useLocation();
  const [param, set] = useSearch();
  const version = param('version');
  const isOfFolder = param('from') === 'folder';
  const [paths, setPaths] = useState(empty);
  const [chosen, setWeight] = useState<number | null>(null);
  const { data: revisions } = useQuery(revisionsQuery);
  const serving = revisions?.find(({ state }) => state === 'active')?.entries ?? [];
  const weight = chosen ?? (serving.length > 0 ? CANARY : 100);
  const step = useStep(() => go('/'));
  const name = isOfFolder ? paths.name.trim() : version.replace('/', '.');
  const isNamed = isOfFolder ? /^[\w.-]{1,100}$/.test(name) : name !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isNamed) return;
    const given = Object.entries(paths).filter(([, path]) => path.trim() !== '');
    const wanted: Wanted = isOfFolder ? { ...Object.fromEntries(given), weight } : { version, weight };
    step.mutate({ what: 'deploy', wanted });
  };
  return (
    <>
      <Link href="/" className={styles.back}>
        ← {t.title}
      </Link>
      <PageHead title={t.deployVersion} lead={t.deployLead} />
      <form className={styles.form} onSubmit={submit}>
        <Card
          title={t.whatServes}
          aside={
            <Segmented
              label={t.whatServes}
              value={isOfFolder ? 'folder' : 'version'}
              options={[
                { value: 'version', label: t.ofJob },
                { value: 'folder', label: t.ofFolder },
              ]}
              onChange={(from) => set({ from: from === 'folder' ? 'folder' : '' })}
            />
          }
        >
          {isOfFolder ? (
            <div className={styles.fields}>
              <Field
                label={t.name}
                hint={t.nameHint}
                value={paths.name}
                onChange={(value) => setPaths({ ...paths, name: value })}
              />
              {(['recognizer', 'detector', 'gallery'] as const).map((part) => (
                <Field
                  key={part}
                  label={t[part]}
                  hint={part === 'recognizer' ? t.pathHint : t.asBefore}
                  isCode
                  value={paths[part]}
                  onChange={(value) => setPaths({ ...paths, [part]: value })}
                />
              ))}
            </div>
          ) : (
            <>
              <VersionField value={version} onChange={(value) => set({ version: value })} />
              <CandidateRates version={version} serving={serving.map((entry) => entry.name)} />
            </>
          )}
        </Card>
        <Card title={t.share}>
          <Slider
            label={t.shareOfRequests}
            value={weight}
            min={1}
            max={100}
            shown={`${weight} %`}
            onChange={setWeight}
          />
          {name !== '' && <ShareBar shares={sharesWith(serving, name, weight)} colored={serving} />}
          <p className={styles.quiet}>{weight === 100 ? t.allLead : t.canaryLead}</p>
        </Card>
        {step.error && <ErrorNotice error={step.error} />}
        <div className={styles.end}>
          <Button onPress={() => go('/')}>{t.cancel}</Button>
          <Button kind="primary" type="submit" isPending={step.isPending} isDisabled={!isNamed}>
            {t.deploy}
          </Button>
        </div>
      </form>
    </>
  );
}

import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { bytes } from '../../training/figures.ts';
import { project, type ShownVersion } from '../../training/queries.ts';
import { useParent } from '../../training/use-parent.ts';
import { texts } from './texts.ts';
import styles from './version.module.css';

/** What a version was made of, and what it left. */
export function Facts({ version }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const { code, data, environment, command, records, used_by } = version;
  return (
    <>
      <Parameters version={version} />
      <Artifacts version={version} />
      {data.length > 0 && (
        <Card title={t.data}>
          {data.map(({ name, location, fingerprint, numFiles }) => (
            <dl key={name} className={styles.facts}>
              <Fact name={name} value={location} isCode />
              <Fact name={t.files} value={numFiles.toLocaleString('en')} />
              <Fact name={t.fingerprint} value={fingerprint.slice(0, 16)} isCode />
            </dl>
          ))}
        </Card>
      )}
      <Card title={t.codeAndMachine}>
        <dl className={styles.facts}>
          {command.length > 0 && <Fact name={t.command} value={command.join(' ')} isCode />}
          <Fact name={t.task} value={version.task} />
          {code?.commit && (
            <Fact
              name={t.commit}
              value={`${code.commit.slice(0, 12)}${code.isDirty ? ` + ${t.changes}` : ''}`}
              isCode
            />
          )}
          {!code && <Fact name={t.commit} value={t.notRecorded} />}
          {environment && <Fact name={t.machine} value={`${environment.host}, ${environment.cores} CPU`} />}
          {version.gpus > 0 && <Fact name="GPU" value={String(version.gpus)} />}
          {version.worker_server_num > 1 && (
            <Fact name={t.workers} value={String(version.worker_server_num)} />
          )}
          <Fact name={t.executor} value={version.executor} />
        </dl>
      </Card>
      {(records.length > 0 || used_by.length > 0) && (
        <Card title={t.usedBy}>
          <ul className={styles.plain}>
            {used_by.map((name) => (
              <li key={name}>
                <Link href={`/${name}`}>{name}</Link>
              </li>
            ))}
            {records.map(({ kind, time, text }) => (
              <li key={`${kind} ${time}`}>{text}</li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function Parameters({ version }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const parent = useParent(version);
  const before = new Map(parent?.parameter.map(({ label, value }) => [label, value]));
  const rows = version.parameter.map(({ label, value }) => {
    const old = before.get(label);
    return { label, value, old, isChanged: parent !== undefined && old !== value };
  });
  rows.sort((a, b) => Number(b.isChanged) - Number(a.isChanged));
  return (
    <Card title={t.parameters}>
      {parent && (
        <p className={styles.quiet}>
          {t.from} <Link href={`/${parent.job_name}/${parent.version_name}`}>{parent.version_name}</Link>
        </p>
      )}
      {rows.length === 0 && <p className={styles.quiet}>{t.noParameters}</p>}
      <dl className={styles.facts}>
        {rows.map(({ label, value, old, isChanged }) => (
          <div key={label} className={isChanged ? styles.changed : undefined}>
            <dt>{label}</dt>
            <dd>
              {isChanged && <del>{old ?? '–'}</del>} {isChanged ? <ins>{value}</ins> : value}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Artifacts({ version: { job_name, version_name, artifacts } }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const base = `/v1/${project}/training-jobs/${encodeURIComponent(job_name)}/versions/${version_name}/artifacts`;
  if (artifacts.length === 0) return null;
  return (
    <Card title={t.artifacts}>
      <ul className={styles.plain}>
        {artifacts.map(({ path, size, sha256 }) => (
          <li key={path} title={`SHA-256 ${sha256}`}>
            <a href={`${base}?${new URLSearchParams({ path })}`} download={path.split('/').at(-1)}>
              <Download aria-hidden />
              {path}
            </a>
            <span>{bytes(size)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className={styles.card}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Fact({ name, value, isCode }: { name: string; value: string; isCode?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{isCode ? <code tabIndex={value.length > 100 ? 0 : undefined}>{value}</code> : value}</dd>
    </div>
  );
}

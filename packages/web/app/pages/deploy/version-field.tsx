import { useTexts } from '../../texts/texts.ts';
import { useOfferedVersions } from '../../training/use-offered-versions.ts';
import { Field } from '../../ui/field.tsx';
import styles from './deploy.module.css';
import { texts } from './texts.ts';

/** A line for a version or an alias; versions that completed are offered. */
export function VersionField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const t = useTexts(texts);
  const offered = useOfferedVersions(({ state }) => state === 'completed');
  return (
    <div className={styles.version}>
      <Field
        label={t.version}
        hint={t.versionHint}
        value={value}
        placeholder="faces/V0003"
        spellCheck="false"
        autoComplete="off"
        offered={offered}
        onChange={(text) => onChange(text.trim())}
      />
    </div>
  );
}

import { useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import styles from './request-as-code.module.css';
import { texts } from './texts.ts';
import { NUM_CANDIDATES } from './use-photos.ts';

type Form = 'curl' | 'ts';

const forShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const inCurl = (fileName: string): string =>
  [
    `curl ${forShell(`${location.origin}/api/v1/recognition/recognize?prediction_count=${NUM_CANDIDATES}`)} \\`,
    '  -H "x-api-key: $SEMBLANCE_KEY" \\',
    `  -F ${forShell(`file=@${fileName}`)}`,
  ].join('\n');

const inTypeScript = (fileName: string): string =>
  [
    "import { readFile } from 'node:fs/promises';",
    "import { createClient } from '@semblance/client';",
    '',
    'const client = createClient({',
    `  baseUrl: ${JSON.stringify(location.origin)},`,
    '  apiKey: process.env.SEMBLANCE_KEY!,',
    '});',
    `const photo = await readFile(${JSON.stringify(fileName)});`,
    `const faces = await client.recognize(photo, { prediction_count: ${NUM_CANDIDATES} });`,
    'for (const { subjects, reason } of faces) console.log(reason ?? subjects[0]?.subject);',
  ].join('\n');

const forms: { value: Form; label: string }[] = [
  { value: 'curl', label: 'curl' },
  { value: 'ts', label: 'TypeScript' },
];

/** What the page has asked, for a program: without the key. */
export function RequestAsCode({ fileName }: { fileName: string }) {
  const t = useTexts(texts);
  const [form, setForm] = useState<Form>('curl');
  return (
    <details className={styles.request}>
      <summary>{t.request}</summary>
      <div className={styles.content}>
        <div className={styles.head}>
          <p>{t.requestLead}</p>
          <Segmented<Form> label={t.request} value={form} options={forms} onChange={setForm} />
        </div>
        <Copyable code={form === 'curl' ? inCurl(fileName) : inTypeScript(fileName)} />
      </div>
    </details>
  );
}

import { type components, dataOf } from '@semblance/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { texts as common } from '../../shell/texts.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { moment } from '../../training/figures.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Table } from '../../ui/table.tsx';
import { CreateDialog } from './create.tsx';
import styles from './keys.module.css';
import { texts } from './texts.ts';

type Key = components['schemas']['ApiKey'];

const tones = { active: 'good', expired: 'doubtful', revoked: 'ended' } as const;

/** Who may what: keys with their roles, made and revoked. */
export default function Keys() {
  const t = useTexts(texts);
  const [isCreating, setCreating] = useState(false);
  const [revoked, setRevoked] = useState<Key | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['keys'],
    queryFn: async () => dataOf(await api.http.GET('/api/v1/keys')).keys,
  });
  const numActive = data?.filter(({ state }) => state === 'active').length;
  const heads = [
    ...[t.label, t.role, t.state, t.created, t.expires].map((name) => ({ name })),
    { name: t.revoke, isHidden: true },
  ];
  return (
    <>
      <PageHead title={t.title} lead={numActive !== undefined && t.active_(numActive)}>
        <Button kind="primary" onPress={() => setCreating(true)}>
          <Plus aria-hidden />
          {t.create}
        </Button>
      </PageHead>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <Table label={t.title} heads={heads}>
          {data.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoked(key)} />
          ))}
        </Table>
      )}
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
      {revoked && <RevokeDialog apiKey={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: Key; onRevoke(): void }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const isOwn = useSession().key === apiKey.id;
  const { id, role, label, state, createdAt, expiresAt, revokedAt } = apiKey;
  return (
    <tr className={state === 'active' ? undefined : styles.over}>
      <th scope="row" className={styles.label}>
        {label || t.noLabel} {isOwn && <span className={styles.own}>{t.own}</span>}
        <code>{id}</code>
      </th>
      <td>
        {role}
        <span className={styles.words}>{t[role]}</span>
      </td>
      <td>
        <Badge tone={tones[state]}>{t[state]}</Badge>
        {revokedAt && <span className={styles.words}>{moment(Date.parse(revokedAt), language)}</span>}
      </td>
      <td className={styles.time}>{moment(Date.parse(createdAt), language)}</td>
      <td className={styles.time}>{expiresAt ? moment(Date.parse(expiresAt), language) : t.never}</td>
      <td className={styles.act}>
        {state === 'active' && (
          <Button size="small" onPress={onRevoke}>
            {t.revoke}
            <span className="visually-hidden"> {label || id}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}

function RevokeDialog({ apiKey: { id, label }, onClose }: { apiKey: Key; onClose(): void }) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  const queries = useQueryClient();
  const isOwn = useSession().key === id;
  const revoking = useMutation({
    mutationFn: async () => dataOf(await api.http.DELETE('/api/v1/keys/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      onClose();
      // one's own key ends the session: the shell leads to the sign-in
      await queries.invalidateQueries({ queryKey: [isOwn ? 'session' : 'keys'] });
    },
  });
  return (
    <Dialog
      role="alertdialog"
      title={t.revokeAsk(label || id)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {cancel}
          </Button>
          <Button kind="danger" isPending={revoking.isPending} onPress={() => revoking.mutate()}>
            {t.revoke}
          </Button>
        </>
      }
    >
      <p>{t.revokeLead}</p>
      {isOwn && <p className={styles.warning}>{t.revokeOwn}</p>}
      {revoking.error && <ErrorNotice error={revoking.error} />}
    </Dialog>
  );
}

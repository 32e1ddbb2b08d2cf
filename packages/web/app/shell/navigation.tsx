import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { Link } from 'wouter';
import { signOut, useSession } from '../api/session.ts';
import { useLanguage, useTexts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { LanguageChoice, ThemeChoice } from './choices.tsx';
import { Mark } from './mark.tsx';
import styles from './navigation.module.css';
import { groups, type Page } from './page.ts';
import { texts } from './texts.ts';

/** The pages in their groups, and below them whose session it is. */
export function Navigation({ pages, current }: { pages: readonly Page[]; current: Page | undefined }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const filled = groups
    .map((group) => ({ group, own: pages.filter((page) => page.group === group) }))
    .filter(({ own }) => own.length > 0);
  return (
    <div className={styles.column}>
      <nav aria-label={t.navigation} className={styles.nav}>
        <Link href="/" className={styles.brand}>
          <Mark size={26} />
          Semblance
        </Link>
        {filled.map(({ group, own }) => (
          <section key={group} aria-label={t[group]}>
            {filled.length > 1 && <p className={styles.group}>{t[group]}</p>}
            <ul>
              {own.map(({ path, title, icon: Icon }) => (
                <li key={path}>
                  <Link
                    href={path}
                    className={styles.link}
                    aria-current={path === current?.path ? 'page' : undefined}
                  >
                    <Icon aria-hidden />
                    {title[language]}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <Account />
    </div>
  );
}

function Account() {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const { label, role, key } = useSession();
  const leaving = useMutation({ mutationFn: () => signOut(queries) });
  const roles = { read: t.roleRead, enrol: t.roleEnrol, admin: t.roleAdmin };
  return (
    <div className={styles.account}>
      <LanguageChoice />
      <ThemeChoice />
      {leaving.error && <ErrorNotice error={leaving.error} />}
      <div className={styles.who}>
        <div>
          <p className={styles.label}>{label || key}</p>
          <p className={styles.role}>{roles[role]}</p>
        </div>
        <IconButton label={t.signOut} onPress={() => leaving.mutate()} isPending={leaving.isPending}>
          <LogOut aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

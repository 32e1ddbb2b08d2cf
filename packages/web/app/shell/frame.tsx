import { Menu } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { may, useSession } from '../api/session.ts';
import { pages } from '../pages/index.ts';
import { useLanguage, useTexts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './frame.module.css';
import { Guard } from './guard.tsx';
import { Mark } from './mark.tsx';
import { Navigation } from './navigation.tsx';
import { NotFound } from './not-found.tsx';
import { texts } from './texts.ts';

const opened = pages.map((page) => ({ ...page, Content: lazy(page.load) }));

/** What is around every page: the way to the others, and whose session it is. */
export function Frame() {
  const t = useTexts(texts);
  const session = useSession();
  const [location] = useLocation();
  const language = useLanguage();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const mine = useMemo(() => opened.filter(({ role }) => may(session, role)), [session]);
  const current = mine.find(({ path }) => location === path || location.startsWith(`${path}/`));
  const title = current?.title[language];

  useEffect(() => setMenuOpen(false), [location]);
  useEffect(() => {
    document.title = title === undefined ? 'Semblance' : `${title} · Semblance`;
  }, [title]);

  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip}>
        {t.skip}
      </a>
      <header className={styles.bar}>
        <IconButton label={t.menu} onPress={() => setMenuOpen(true)}>
          <Menu aria-hidden />
        </IconButton>
        <Mark size={24} />
        <span>{title ?? 'Semblance'}</span>
      </header>
      <aside className={styles.side} aria-label={t.menu}>
        <Navigation pages={mine} current={current} />
      </aside>
      <ModalOverlay isOpen={isMenuOpen} onOpenChange={setMenuOpen} isDismissable className={styles.veil!}>
        <Modal className={styles.drawer!}>
          <Dialog aria-label={t.menu} className={styles.dialog!}>
            <Navigation pages={mine} current={current} />
          </Dialog>
        </Modal>
      </ModalOverlay>
      <main id="content" className={styles.content} tabIndex={-1}>
        <Guard key={current?.path}>
          <Suspense fallback={<p className={styles.loading}>{t.loading}…</p>}>
            <Switch>
              <Route path="/">{mine[0] ? <Redirect to={mine[0].path} replace /> : <NotFound />}</Route>
              {mine.map(({ path, Content }) => (
                <Route key={path} path={path} nest>
                  <Content />
                </Route>
              ))}
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </Guard>
      </main>
    </div>
  );
}

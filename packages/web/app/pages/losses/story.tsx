import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { chapterOf, chapters, chapterTexts } from './chapters.ts';
import type { LabControl } from './state.ts';
import styles from './story.module.css';
import { texts } from './texts.ts';

/** Seven short chapters: each opens its loss, says what it does, and sets the laboratory up for a thing to try. */
export function Story({ lab, choose }: LabControl) {
  const t = useTexts(texts);
  const said = useTexts(chapterTexts);
  const current = chapterOf(lab.loss);
  const { loss, knobs, ...rest } = current.setUp;
  return (
    <section className={styles.story} aria-label={t.chapters}>
      <ol className={styles.list}>
        {chapters.map((chapter, i) => (
          <li key={chapter.title}>
            <button
              type="button"
              className={styles.chapter}
              aria-current={chapter === current ? 'step' : undefined}
              onClick={() => {
                if (chapter !== current) choose(chapter.losses[0]);
              }}
            >
              <span className={styles.number}>{i + 1}</span>
              {chapter.title}
            </button>
          </li>
        ))}
      </ol>
      <div className={styles.words} aria-live="polite">
        <h2>
          <span className="visually-hidden">
            {t.chapterOf(chapters.indexOf(current) + 1, chapters.length)}:{' '}
          </span>
          {current.title}
        </h2>
        <p>{said[current.text]}</p>
        <div className={styles.task}>
          <p>
            <strong>{t.tryIt}.</strong> {said[current.task]}
          </p>
          <Button size="small" onPress={() => choose(loss, rest, knobs)}>
            {t.setUp}
          </Button>
        </div>
      </div>
    </section>
  );
}

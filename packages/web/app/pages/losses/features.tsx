import { Pause, Play } from 'lucide-react';
import { use, useDeferredValue, useEffect, useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import styles from './features.module.css';
import page from './losses.module.css';
import { Panel } from './panel.tsx';
import { recordingOf } from './recordings.ts';
import type { LabControl } from './state.ts';
import { texts } from './texts.ts';

const FRAME_MS = 240;

/** Real trainings of every loss, moved through their steps together. */
export default function Features({ lab, change }: LabControl) {
  const t = useTexts(texts);
  // the old size stays while the other one is loaded
  const dimensions = useDeferredValue(lab.dimensions);
  const { steps, runs } = use(recordingOf(dimensions));
  const last = steps.length - 1;
  const moment = Math.min(lab.moment ?? last, last);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    if (moment === last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => change({ moment: moment + 1 === last ? null : moment + 1 }), FRAME_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, moment, last, change]);

  const play = () => {
    if (!isPlaying && moment === last) change({ moment: 0 });
    setPlaying(!isPlaying);
  };
  return (
    <section className={page.part} aria-labelledby="losses-features">
      <div className={page.head}>
        <h2 id="losses-features">{t.features}</h2>
        <Segmented
          label={t.dimensions}
          value={lab.dimensions === 2 ? 'plane' : 'ball'}
          options={[
            { value: 'plane', label: t.plane },
            { value: 'ball', label: t.ball },
          ]}
          onChange={(value) => change({ dimensions: value === 'plane' ? 2 : 3 })}
        />
      </div>
      <p className={page.lead}>{t.featuresLead}</p>
      <div className={styles.controls}>
        <Button onPress={play}>
          {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
          {isPlaying ? t.pause : t.play}
        </Button>
        <Slider
          label={t.step}
          min={0}
          max={last}
          value={moment}
          shown={t.stepOf(steps[moment]!)}
          onChange={(to) => {
            setPlaying(false);
            change({ moment: to === last ? null : to });
          }}
        />
        {dimensions === 3 && (
          <Slider
            label={t.turn}
            min={0}
            max={360}
            value={lab.turn}
            shown={t.degrees(lab.turn)}
            onChange={(turn) => change({ turn })}
          />
        )}
      </div>
      <div className={styles.grid}>
        {runs.map((run) => (
          <figure key={run.loss} className={`${styles.figure} ${run.loss === lab.loss ? styles.chosen : ''}`}>
            <figcaption className={styles.name}>{run.label}</figcaption>
            <Panel run={run} numMoments={steps.length} moment={moment} turn={lab.turn} />
            <p className={styles.caption}>
              {t.caption(run.accuracy[moment]!, run.spreadDeg[moment]!, run.gapDeg[moment]!)}
            </p>
          </figure>
        ))}
        <p className={styles.help}>{t.captionHelp}</p>
      </div>
    </section>
  );
}

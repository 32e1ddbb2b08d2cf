import { useTexts } from '../../texts/texts.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Controls } from './controls.tsx';
import { Curves, useViews } from './curves.tsx';
import { Later } from './later.tsx';
import styles from './losses.module.css';
import { Readout } from './readout.tsx';
import { Sphere } from './sphere.tsx';
import { useLab } from './state.ts';
import { Story } from './story.tsx';
import { texts } from './texts.ts';
import { TrainThis } from './train-this.tsx';

const features = () => import('./features.tsx');
const ladder = () => import('./ladder.tsx');

export default function Losses() {
  const t = useTexts(texts);
  const control = useLab();
  const { lab, change } = control;
  const views = useViews();
  const help = { logit: t.helpLogit, slope: t.helpSlope, pull: t.helpPull }[lab.view];
  return (
    <div className={styles.page}>
      <PageHead title={t.title} lead={t.lead} />
      <Story {...control} />
      <section className={styles.part} aria-labelledby="losses-curves">
        <div className={styles.head}>
          <h2 id="losses-curves">{t.curves}</h2>
          <Segmented label={t.view} value={lab.view} options={views} onChange={(view) => change({ view })} />
        </div>
        <p className={styles.lead}>
          {help} {t.curvesLead}
        </p>
        <div className={styles.bench}>
          <div className={styles.column}>
            <div className={styles.card}>
              <Curves lab={lab} onAngle={(angle) => change({ angle })} />
              <div className={styles.below}>
                <Slider
                  label={t.angle}
                  min={0}
                  max={180}
                  value={lab.angle}
                  shown={t.degrees(lab.angle)}
                  onChange={(angle) => change({ angle })}
                />
              </div>
            </div>
            <div className={styles.card}>
              <Controls {...control} />
            </div>
          </div>
          <div className={styles.column}>
            <div className={styles.card}>
              <Readout {...control} />
            </div>
            <div className={styles.card}>
              <h3>{t.sphere}</h3>
              <Sphere lab={lab} />
            </div>
          </div>
        </div>
      </section>
      <Later id="features" load={features} {...control} />
      <Later id="ladder" load={ladder} {...control} />
      <TrainThis lab={lab} />
    </div>
  );
}

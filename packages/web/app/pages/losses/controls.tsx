import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Slider } from '../../ui/slider.tsx';
import styles from './losses.module.css';
import { type LabControl, peopleCounts } from './state.ts';
import { curveOf, presetsOf } from './targets.ts';
import { texts } from './texts.ts';

/** The knobs of the chosen loss, and how many people there are. */
export function Controls({ lab, change, turnKnob, choose }: LabControl) {
  const t = useTexts(texts);
  const curve = curveOf(lab.loss);
  const presets = presetsOf(curve);
  const isMoved = curve.knobs.some(({ name }) => lab.knobs[name] !== presets[name]);
  return (
    <>
      <div className={styles.head}>
        <h3>{t.knobs(curve.title)}</h3>
        <Button size="small" isDisabled={!isMoved} onPress={() => choose(curve.name)}>
          {t.presets}
        </Button>
      </div>
      <div className={styles.knobs}>
        {curve.knobs.map(({ name, min, max, step, option }) => (
          <Slider
            key={name}
            label={name === 's' && option === null ? t.length : t[name]}
            {...{ min, max, step }}
            value={lab.knobs[name]}
            shown={shown(name, lab.knobs[name], curve.name)}
            onChange={(value) => turnKnob(name, value)}
          />
        ))}
        <Slider
          label={t.people}
          min={0}
          max={peopleCounts.length - 1}
          value={peopleCounts.indexOf(lab.people)}
          shown={lab.people.toLocaleString('en')}
          onChange={(at) => change({ people: peopleCounts[at]! })}
        />
      </div>
    </>
  );
}

/** A margin on the angle is read in degrees, too. */
function shown(name: string, value: number, loss: string): string {
  const isAngle = (loss === 'arcface' && name === 'm') || name === 'm2';
  const text = String(value).replace('-', '−');
  return isAngle ? `${text} rad = ${((value * 180) / Math.PI).toFixed(1)}°` : text;
}

import { useTexts } from '../../texts/texts.ts';
import { bytes } from '../../training/figures.ts';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import styles from './system.module.css';
import type { SystemState } from './system.tsx';
import { texts } from './texts.ts';

/** The models in use, with who may use them, and the galleries they are searched in. */
export function Models({ models, galleries }: Pick<SystemState, 'models' | 'galleries'>) {
  const t = useTexts(texts);
  return (
    <section className={styles.section} aria-label={t.models}>
      <h2>{t.models}</h2>
      <div className={styles.cards}>
        {models.map((model) => (
          <Model key={`${model.task} ${model.id} ${model.path}`} model={model} />
        ))}
        {galleries.map(({ path, modelId, threshold, subjects, faces }) => (
          <Card key={path} title={t.gallery}>
            <Facts>
              <Fact name={t.people}>{t.peopleIn(subjects, faces)}</Fact>
              <Fact name={t.threshold}>{threshold.toFixed(2)}</Fact>
              <Fact name={t.builtWith} isCode>
                {modelId}
              </Fact>
              <Fact name={t.path} isCode>
                {path}
              </Fact>
            </Facts>
          </Card>
        ))}
      </div>
    </section>
  );
}

function Model({ model }: { model: SystemState['models'][number] }) {
  const t = useTexts(texts);
  const { task, id, origin, license, sha256, sizeBytes, threshold, deployments, path } = model;
  return (
    <Card
      title={task === 'detection' ? t.detector : t.recognizer}
      aside={<span className={styles.quiet}>{deployments.join(', ')}</span>}
    >
      <Facts>
        <Fact name={t.model} isCode>
          {id}
        </Fact>
        <Fact name={t.license}>
          {license === null ? (
            t.ownModel
          ) : (
            <>
              {license.name}
              {license.restriction && <strong className={styles.restriction}> {license.restriction}</strong>}
            </>
          )}
        </Fact>
        {license?.trainedOn && <Fact name={t.trainedOn}>{license.trainedOn}</Fact>}
        {origin && <Fact name={t.origin}>{origin}</Fact>}
        {threshold && <Fact name={t.threshold}>{`${threshold.value.toFixed(2)}, ${threshold.basis}`}</Fact>}
        <Fact name="SHA-256" isCode>
          {sha256}
        </Fact>
        <Fact name={t.size}>{bytes(sizeBytes)}</Fact>
        <Fact name={t.path} isCode>
          {path}
        </Fact>
      </Facts>
    </Card>
  );
}

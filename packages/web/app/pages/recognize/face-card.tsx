import { dataOf } from '@semblance/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../api/client.ts';
import { personLink } from '../../shell/links.ts';
import { useTexts } from '../../texts/texts.ts';
import { EnrolledFace, PhotoFace, type PictureSize } from '../../ui/face.tsx';
import styles from './face-card.module.css';
import { Scale } from './scale.tsx';
import { texts } from './texts.ts';
import type { Face } from './use-photos.ts';

export interface FaceCardProps {
  face: Face;
  /** Its number in the photo; null where it is alone. */
  number: number | null;
  url: string;
  picture: PictureSize | null;
}

/** Who a face is, how sure that is, and why: the face, the enrolled one, the similarity against the threshold. */
export function FaceCard({ face, number, url, picture }: FaceCardProps) {
  const t = useTexts(texts);
  const { subjects, threshold, reason, quality, strangers } = face;
  const [best, ...others] = subjects;
  const isKnown = reason === null && best !== undefined;
  const reasons = t as unknown as Readonly<Record<string, string>>;
  return (
    <article className={styles.card}>
      <div className={styles.pictures}>
        {picture && (
          <figure>
            <PhotoFace {...{ url, face, picture }} size={84} />
            <figcaption>{t.inPhoto}</figcaption>
          </figure>
        )}
        {isKnown && <Enrolled subject={best.subject} />}
      </div>
      <div className={styles.words}>
        <h2 className={styles.name}>
          {number !== null && <span className={styles.number}>{number}</span>}
          {isKnown ? <Link href={personLink(best.subject)}>{best.subject}</Link> : t.unknown}
        </h2>
        {reason !== null && <p>{reasons[reason] ?? reason}</p>}
        {best && threshold !== null && best.similarity > -1 && (
          <Scale similarity={best.similarity} threshold={threshold} />
        )}
        {strangers != null && <p className={styles.note}>{strangersText(t, strangers)}</p>}
        <p className={styles.note}>{t.quality(`${Math.round(100 * quality)} %`)}</p>
        {isKnown && others.length > 0 && (
          <p className={styles.note}>
            {t.alsoAlike}:{' '}
            {others.map(({ subject, similarity }) => (
              <span key={subject} className={styles.other}>
                <Link href={personLink(subject)}>{subject}</Link> {similarity.toFixed(2)}
              </span>
            ))}
          </p>
        )}
      </div>
    </article>
  );
}

function strangersText(t: { strangers(every: string): string; many: string }, rate: number): string {
  if (rate > 0.4) return t.many;
  return t.strangers(Number((1 / rate).toPrecision(rate > 0.1 ? 1 : 2)).toLocaleString('en'));
}

/** A face that the person is known by. */
function Enrolled({ subject }: { subject: string }) {
  const t = useTexts(texts);
  const { data } = useQuery({
    queryKey: ['faces', subject, 'one'],
    queryFn: async () =>
      dataOf(await api.http.GET('/api/v1/recognition/faces', { params: { query: { subject, size: 1 } } })),
  });
  const face = data?.faces[0];
  if (!face) return null;
  return (
    <figure>
      <EnrolledFace imageId={face.image_id} size={84} />
      <figcaption>{t.enrolled}</figcaption>
    </figure>
  );
}

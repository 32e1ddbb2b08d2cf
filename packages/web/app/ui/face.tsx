import styles from './face.module.css';

/** An enrolled face, as it was cut out; a place for one where there is none. */
export function EnrolledFace({ imageId, size = 112 }: { imageId: string | null; size?: number }) {
  if (imageId === null) return <span className={styles.none} style={{ width: size, aspectRatio: 1 }} />;
  return (
    <img
      className={styles.face}
      src={`/api/v1/recognition/faces/${encodeURIComponent(imageId)}/img`}
      width={size}
      height={size}
      alt=""
      loading="lazy"
      decoding="async"
    />
  );
}

export interface PlacedFace {
  box: { x_min: number; y_min: number; x_max: number; y_max: number };
  /** Left eye and right eye come first. */
  landmarks: number[][];
}
export interface PictureSize {
  width: number;
  height: number;
}

/** How much of a photo is shown around a face, in sides of its box. */
const AROUND = 1.25;

/** A face of a photo, level, with a little around it; the photo itself is drawn, larger. */
export function PhotoFace({ url, face, picture, size = 112 }: PhotoFaceProps) {
  const { x_min, y_min, x_max, y_max } = face.box;
  const side = AROUND * Math.max(x_max - x_min, y_max - y_min);
  const [centerX, centerY] = [(x_min + x_max) / 2, (y_min + y_max) / 2];
  const scale = size / side;
  const [left, right] = face.landmarks;
  const angleRad = left && right ? Math.atan2(right[1]! - left[1]!, right[0]! - left[0]!) : 0;
  return (
    <span className={styles.cut} style={{ width: size, height: size }}>
      <img
        src={url}
        alt=""
        style={{
          width: picture.width * scale,
          height: picture.height * scale,
          left: size / 2 - centerX * scale,
          top: size / 2 - centerY * scale,
          transformOrigin: `${centerX * scale}px ${centerY * scale}px`,
          transform: `rotate(${-angleRad}rad)`,
        }}
      />
    </span>
  );
}

interface PhotoFaceProps {
  url: string;
  face: PlacedFace;
  picture: PictureSize;
  size?: number;
}

import type { Landmarks } from '@semblance/face/geometry';
import { SemblanceError } from '../error.ts';
import { countEmpty, landmarkNames, type ParsedLabels, type SizedImage } from './label-types.ts';
import { escapeXml, readXml, type XmlTag } from './xml.ts';

type Parts = Map<string, [number, number]>;

/**
 * Parses the XML of dlib's imglab: `<image file><box top left width height ignore><part name x y>`.
 *
 * Landmarks come from parts named left_eye, right_eye, nose, left_mouth, right_mouth, or from the 68 points of iBUG: the means of
 * 36–41 and 42–47, and 30, 48, 54. A box with `ignore` is invalid; one without an area is left out.
 *
 * @throws SemblanceError DATA_INVALID with the line's number.
 */
export function parseDlibLabels(text: string, source = 'faces.xml'): ParsedLabels {
  const images: ParsedLabels = [];
  let face: ParsedLabels[number]['faces'][number] | null = null;
  let parts: Parts = new Map();
  readXml(text, source, {
    open(tag) {
      if (tag.name === 'image') {
        const name = tag.attributes.file;
        if (!name) throw wrong(source, tag, 'file');
        images.push({ name, faces: [] });
      } else if (tag.name === 'box') {
        const image = images.at(-1);
        if (!image) {
          throw new SemblanceError(
            'DATA_INVALID',
            `${source}:${tag.line}: a box is not inside an image element`,
          );
        }
        const [left, top, width, height] = ['left', 'top', 'width', 'height'].map((key) =>
          numberOf(source, tag, key),
        ) as [number, number, number, number];
        face = {
          box: [left, top, left + width, top + height],
          landmarks: null,
          invalid: tag.attributes.ignore === '1',
        };
        parts = new Map();
        if (width > 0 && height > 0) image.faces.push(face);
        else countEmpty(image);
      } else if (tag.name === 'part') {
        parts.set(tag.attributes.name ?? '', [numberOf(source, tag, 'x'), numberOf(source, tag, 'y')]);
      }
    },
    close(name) {
      if (name === 'box' && face) face.landmarks = landmarksOf(parts);
    },
  });
  return images;
}

function landmarksOf(parts: Parts): Landmarks | null {
  const named = landmarkNames.map((name) => parts.get(name));
  if (named.every((point) => point !== undefined)) return named as Landmarks;
  const mean = (from: number, to: number): [number, number] => {
    const points = Array.from({ length: to - from + 1 }, (_, i) => parts.get(String(from + i))!);
    const sum = points.reduce(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
    return [sum[0]! / points.length, sum[1]! / points.length];
  };
  const isIbug =
    parts.size === 68 &&
    Array.from({ length: 58 }, (_, i) => String(i + 10)).every((name) => parts.has(name));
  return isIbug ? [mean(36, 41), mean(42, 47), mean(30, 30), mean(48, 48), mean(54, 54)] : null;
}

function numberOf(source: string, tag: XmlTag, key: string): number {
  const value = Number(tag.attributes[key] ?? Number.NaN);
  if (!Number.isFinite(value)) throw wrong(source, tag, key);
  return value;
}

function wrong(source: string, { name, line }: XmlTag, key: string): SemblanceError {
  return new SemblanceError('DATA_INVALID', `${source}:${line}: <${name}> needs ${key}`);
}

/** Labels as imglab's XML; boxes are rounded to whole pixels, as dlib reads them. */
export function formatDlibLabels(images: readonly SizedImage[]): string {
  const lines = images.flatMap(({ name, width, height, faces }) => [
    `  <image file="${escapeXml(name)}" width="${width}" height="${height}">`,
    ...faces.flatMap(({ box: [x1, y1, x2, y2], landmarks, invalid }) => {
      const [left, top] = [Math.round(x1), Math.round(y1)];
      const place = `top="${top}" left="${left}" width="${Math.round(x2) - left}" height="${Math.round(y2) - top}"`;
      const points = landmarks?.map(
        ([x, y], k) => `      <part name="${landmarkNames[k]}" x="${Math.round(x)}" y="${Math.round(y)}"/>`,
      );
      return [`    <box ${place}${invalid ? ' ignore="1"' : ''}>`, ...(points ?? []), '    </box>'];
    }),
    '  </image>',
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<dataset>\n<images>\n${lines.join('\n')}\n</images>\n</dataset>\n`;
}

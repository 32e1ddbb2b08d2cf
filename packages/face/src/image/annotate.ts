import { escapeHtml } from '@semblance/core/html';
import type { Box, Landmarks } from '../geometry/types.ts';
import { fromSharp, type Image, toSharp } from './image.ts';
import { CAPITAL_HEIGHT, hasStrokes, strokePath } from './stroke-font.ts';

/** What is drawn of one face. */
export interface Annotation {
  box: Box;
  landmarks?: Landmarks | null;
  /** A line of text beside the box, such as a name and a similarity. */
  label?: string;
  /** A CSS colour of the form #rrggbb (green). */
  color?: string;
}

/**
 * Draws boxes, landmarks and labels on a picture; lines and letters keep to the picture's size.
 *
 * @returns a new picture of the same size.
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { annotate, decodeImage, encodeJpeg, loadDetector } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * const image = await decodeImage('photo.jpg');
 * const faces = await detector.detect(image);
 * const drawn = await annotate(image, faces.map((face) => ({ ...face, label: face.score.toFixed(2) })));
 * await writeFile('annotated.jpg', await encodeJpeg(drawn));
 * ```
 */
export async function annotate(image: Image, annotations: Annotation[]): Promise<Image> {
  const unit = Math.max(1, Math.max(image.width, image.height) / 640);
  const shapes = annotations.map((annotation) => draw(annotation, image, unit)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${image.width}" height="${image.height}">${shapes}</svg>`;
  return fromSharp(
    toSharp(image)
      .composite([{ input: Buffer.from(svg), left: 0, top: 0 }])
      .removeAlpha(),
  );
}

function draw({ box, landmarks, label, color = '#22c55e' }: Annotation, image: Image, unit: number): string {
  const [x1, y1, x2, y2] = box;
  const stroke = /^#[0-9a-f]{6}$/i.test(color) ? color : '#22c55e';
  const frame = (width: number, paint: string) =>
    `<rect x="${x1}" y="${y1}" width="${x2 - x1}" height="${y2 - y1}" rx="${2 * unit}" fill="none" ` +
    `stroke="${paint}" stroke-width="${width}"/>`;
  // A dark line under the coloured one keeps it visible on any background.
  const frames = frame(3.2 * unit, '#000000aa') + frame(1.8 * unit, stroke);
  const radius = Math.max(1, Math.min(2 * unit, (x2 - x1) / 30));
  const dots = (landmarks ?? [])
    .map(
      ([x, y]) =>
        `<circle cx="${x}" cy="${y}" r="${radius}" fill="${stroke}" stroke="#000" stroke-width="${radius / 4}"/>`,
    )
    .join('');
  return frames + dots + (label ? drawLabel(label, box, image, unit, stroke) : '');
}

/** The label on a ground of its own above the box, or below where there is no room, never off the picture. */
function drawLabel(label: string, [x1, y1, , y2]: Box, image: Image, unit: number, color: string): string {
  const size = 11 * unit;
  const height = size * 1.5;
  const pad = 0.5 * size;
  const { width: textWidth, draw } = setText(label, size);
  const width = Math.min(image.width, textWidth + 2 * pad);
  const left = Math.min(Math.max(0, x1), Math.max(0, image.width - width));
  const above = y1 - height - unit;
  const top = above >= 0 ? above : Math.min(y2 + unit, image.height - height);
  return (
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${2 * unit}" fill="#000000bb"/>` +
    `<rect x="${left}" y="${top}" width="${2 * unit}" height="${height}" fill="${color}"/>` +
    draw(left + pad, top + 1.1 * size)
  );
}

interface SetText {
  width: number;
  /** The SVG of the text that begins at this place of the base line. */
  draw: (x: number, baseline: number) => string;
}

/** Text in strokes of our own where there are some for all its letters, else in a font of the machine's. */
function setText(label: string, size: number): SetText {
  if (!hasStrokes(label)) {
    const font = `font-family="Noto Sans CJK SC, Noto Sans, DejaVu Sans, Arial, sans-serif" font-size="${size}"`;
    const draw: SetText['draw'] = (x, y) =>
      `<text x="${x}" y="${y}" ${font} fill="#fff">${escapeXml(label)}</text>`;
    return { width: 0.62 * widthInLetters(label) * size, draw };
  }
  const { path, width } = strokePath(label);
  const scale = (0.72 * size) / CAPITAL_HEIGHT;
  const pen = 'fill="none" stroke="#fff" stroke-width="0.9" stroke-linecap="round" stroke-linejoin="round"';
  const draw: SetText['draw'] = (x, y) =>
    `<path transform="translate(${x} ${y - 0.72 * size}) scale(${scale})" d="${path}" ${pen}/>`;
  return { width: width * scale, draw };
}

/** Letters of the Latin kind count for one, those of Chinese and its kin for nearly two. */
function widthInLetters(label: string): number {
  let width = 0;
  for (const letter of label) width += letter.codePointAt(0)! >= 0x2e80 ? 1.7 : 1;
  return width;
}

/** Text as XML: no markup of a name reaches the drawing, and characters XML has no place for are dropped. */
function escapeXml(value: string): string {
  return escapeHtml(value.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, ' '));
}

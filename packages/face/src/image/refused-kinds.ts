import { SemblanceError } from '../error.ts';
import { tiffTags } from './tiff-head.ts';

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

/** Pictures that are known by name and not decoded, and how each is told. */
const refused: [kind: string, matches: (bytes: Uint8Array) => boolean][] = [
  [
    'a JPEG XL image',
    (b) => (b[0] === 0xff && b[1] === 0x0a) || ascii(b, 0, 12) === '\0\0\0\x0cJXL \r\n\x87\n',
  ],
  ['a JPEG 2000 image', (b) => ascii(b, 0, 8) === '\0\0\0\x0cjP  ' || ascii(b, 0, 4) === '\xff\x4f\xff\x51'],
  ['a Photoshop file', (b) => ascii(b, 0, 4) === '8BPS'],
  ['a RAW file of Fujifilm', (b) => ascii(b, 0, 8) === 'FUJIFILM'],
  ['a RAW file of Olympus', (b) => /^(IIRO|IIRS|MMOR)$/.test(ascii(b, 0, 4))],
  ['a RAW file of Panasonic', (b) => ascii(b, 0, 4) === 'IIU\0'],
  ['a RAW file of Canon', (b) => ascii(b, 4, 12) === 'ftypcrx ' || ascii(b, 6, 14) === 'HEAPCCDR'],
  ['a RAW file of Canon', (b) => isTiff(b) && ascii(b, 8, 10) === 'CR'],
  ['a RAW file of Sigma', (b) => ascii(b, 0, 4) === 'FOVb'],
  ['a RAW file of Minolta', (b) => ascii(b, 0, 4) === '\0MRM'],
  ['a RAW file', (b) => isTiff(b) && isRawTiff(b)],
];

/** The refusal of a picture whose kind is known and not decoded; null for all else. */
export function refusedKind(bytes: Uint8Array, name: string): SemblanceError | null {
  const found = refused.find(([, matches]) => matches(bytes));
  if (!found) return null;
  return new SemblanceError(
    'IMAGE_UNREADABLE',
    `${name} is ${found[0]}, which is not read: save it as JPEG or PNG`,
  );
}

const isTiff = (bytes: Uint8Array): boolean => ['II*\0', 'MM\0*'].includes(ascii(bytes, 0, 4));

/**
 * RAW files are TIFFs whose first picture is a small preview, which would pass for the photo: told by DNGVersion or
 * DNGPrivateData, a mosaic of colours, or a preview with the full picture in a directory below it. TIFF/EP, DNG 1.6.
 */
function isRawTiff(bytes: Uint8Array): boolean {
  const tags = tiffTags(bytes);
  if (tags === null) return false;
  const isMosaic = [32803, 34892].includes(tags.get(262)?.[0] ?? 0);
  const isPreview = ((tags.get(254)?.[0] ?? 0) & 1) === 1 && tags.has(330);
  return tags.has(50706) || tags.has(50740) || isMosaic || isPreview;
}

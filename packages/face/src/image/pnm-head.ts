import { checkSize, truncated, unreadable } from './image-fault.ts';

/** What stands before the samples of a PBM, PGM, PPM or PAM. */
export interface PnmHead {
  width: number;
  height: number;
  /** Samples of a pixel: 1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha. */
  depth: number;
  maxValue: number;
  /** Samples are numbers in text. */
  isPlain: boolean;
  /** Samples are bits. */
  isPacked: boolean;
  /** 1 is black, as in bitmaps. */
  isBlackOne: boolean;
  pixelsAt: number;
}

const isBlank = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);

/** Reads the head. A comment goes from `#` to the end of its line. */
export function pnmHead(bytes: Uint8Array, name: string, maxPixels: number): PnmHead {
  const kind = bytes[1]! - 48;
  return kind === 7 ? pamHead(bytes, name, maxPixels) : oldHead(bytes, kind, name, maxPixels);
}

function oldHead(bytes: Uint8Array, kind: number, name: string, maxPixels: number): PnmHead {
  let at = 2;
  const number = (): number => {
    while (at < bytes.length && (isBlank(bytes[at]!) || bytes[at] === 35)) {
      if (bytes[at] === 35) while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
      else at++;
    }
    const from = at;
    while (at < bytes.length && at - from < 10 && bytes[at]! >= 48 && bytes[at]! <= 57) at++;
    if (at >= bytes.length) throw truncated(name);
    if (at === from) throw unreadable(name, 'its head holds no number where one is expected');
    return Number(String.fromCharCode(...bytes.subarray(from, at)));
  };
  const isBitmap = kind === 1 || kind === 4;
  const [width, height] = [number(), number()];
  const maxValue = isBitmap ? 1 : number();
  checkSize(name, width, height, maxPixels);
  checkMaxValue(name, maxValue);
  return {
    ...{ width, height, maxValue, depth: kind === 3 || kind === 6 ? 3 : 1 },
    ...{ isPlain: kind <= 3, isPacked: kind === 4, isBlackOne: isBitmap, pixelsAt: at + 1 },
  };
}

function pamHead(bytes: Uint8Array, name: string, maxPixels: number): PnmHead {
  // ENDHDR stands within the first lines: a head of more than 4 kB is none
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString(
    'latin1',
  );
  const end = /^ENDHDR[^\n]*\n/m.exec(text);
  if (!end) throw bytes.length < 4096 ? truncated(name) : unreadable(name, 'its head has no end');
  const fields = new Map<string, string>();
  for (const line of text.slice(0, end.index).split('\n').slice(1)) {
    const [key, ...value] = line.trim().split(/\s+/);
    if (key && !key.startsWith('#')) fields.set(key, value.join(' '));
  }
  const number = (key: string) => Number(fields.get(key) ?? Number.NaN);
  const [width, height, depth, maxValue] = [
    number('WIDTH'),
    number('HEIGHT'),
    number('DEPTH'),
    number('MAXVAL'),
  ];
  const isWhole = [width, height, depth, maxValue].every(Number.isInteger);
  if (!isWhole) throw unreadable(name, 'its head lacks WIDTH, HEIGHT, DEPTH or MAXVAL');
  checkSize(name, width, height, maxPixels);
  checkMaxValue(name, maxValue);
  if (depth < 1 || depth > 4 || /CMYK/.test(fields.get('TUPLTYPE') ?? ''))
    throw unreadable(name, `a PAM of ${depth} samples a pixel (${fields.get('TUPLTYPE') ?? 'no TUPLTYPE'})`);
  const pixelsAt = end.index + end[0].length;
  return { width, height, depth, maxValue, isPlain: false, isPacked: false, isBlackOne: false, pixelsAt };
}

function checkMaxValue(name: string, maxValue: number): void {
  if (!(maxValue >= 1 && maxValue <= 65535)) throw unreadable(name, `its largest value is ${maxValue}`);
}

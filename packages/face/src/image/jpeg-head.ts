import { isCutShort } from './sniff.ts';
import { isSrgbProfile } from './srgb-profile.ts';

/** What the segments of a JPEG before its first scan say. */
export interface JpegHead {
  width: number;
  height: number;
  channels: number;
  /** Bits of a sample. */
  bits: number;
  /** The ICC profile; null where there is none, or one in several parts. */
  profile: Uint8Array | null;
  /** Whether a profile is there that is not in `profile`. */
  hasSplitProfile: boolean;
  /** Whether there are EXIF data, which may say how the picture stands. */
  hasExif: boolean;
  /** Whether Adobe's marker is there, which says how the samples are to be read. */
  hasAdobe: boolean;
}

const profileLabel = 'ICC_PROFILE\0';
const exifLabel = 'Exif\0';

/**
 * Reads a JPEG's head; null where it is none, or is cut off within. Nothing is decoded.
 *
 * ITU-T T.81, ICC.1:2022 annex B.4.
 */
export function jpegHead(bytes: Uint8Array): JpegHead | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const found = {
    profile: null as Uint8Array | null,
    hasSplitProfile: false,
    hasExif: false,
    hasAdobe: false,
  };
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const segment = bytes.subarray(at + 4, at + 2 + length);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      if (segment.length < 6) return null;
      const word = (offset: number) => (segment[offset]! << 8) | segment[offset + 1]!;
      return { bits: segment[0]!, height: word(1), width: word(3), channels: segment[5]!, ...found };
    }
    if (marker === 0xda || length < 2) return null;
    if (marker === 0xe1 && isLabelled(segment, exifLabel)) found.hasExif = true;
    if (marker === 0xee && isLabelled(segment, 'Adobe')) found.hasAdobe = true;
    if (marker === 0xe2 && isLabelled(segment, profileLabel)) {
      const isWhole = segment[profileLabel.length] === 1 && segment[profileLabel.length + 1] === 1;
      if (isWhole && !found.profile) found.profile = segment.subarray(profileLabel.length + 2);
      else found.hasSplitProfile = true;
    }
    at += 2 + length;
  }
  return null;
}

/** Whether a JPEG's pixels are sRGB as they are decoded: three channels whose profile, if any, is sRGB. */
export function isSrgbJpeg({ channels, profile, hasSplitProfile }: JpegHead): boolean {
  return channels === 3 && !hasSplitProfile && (profile === null || isSrgbProfile(profile));
}

/**
 * The size of a whole JPEG that any decoder gives right: 8-bit sRGB colours without EXIF orientation.
 * Null for all else.
 */
export function plainJpegSize(bytes: Uint8Array): { width: number; height: number } | null {
  const head = jpegHead(bytes);
  if (head === null || head.width * head.height === 0) return null;
  const isPlain = head.bits === 8 && !head.hasExif && isSrgbJpeg(head) && !isCutShort(bytes);
  return isPlain ? { width: head.width, height: head.height } : null;
}

function isLabelled(segment: Uint8Array, label: string): boolean {
  return [...label].every((character, i) => segment[i] === character.charCodeAt(0));
}

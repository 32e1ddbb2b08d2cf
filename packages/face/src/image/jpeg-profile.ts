const label = 'ICC_PROFILE\0';

/**
 * The ICC profile in the head of a JPEG of three channels; null where there is none, or one in several parts.
 *
 * Only segments before the first scan are looked at, and nothing is decoded. ITU-T T.81, ICC.1:2022 annex B.4.
 */
export function jpegProfile(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  let profile: Uint8Array | null = null;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const segment = bytes.subarray(at + 4, at + 2 + length);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    // A frame's sixth byte counts its channels; the profile comes before it.
    if (isFrame) return segment[5] === 3 ? profile : null;
    if (marker === 0xda || length < 2) return null;
    if (marker === 0xe2 && isLabelled(segment)) {
      const isWhole = segment[label.length] === 1 && segment[label.length + 1] === 1;
      if (!isWhole || profile) return null;
      profile = segment.subarray(label.length + 2);
    }
    at += 2 + length;
  }
  return null;
}

function isLabelled(segment: Uint8Array): boolean {
  return [...label].every((character, i) => segment[i] === character.charCodeAt(0));
}

/** 8-bit samples as they come, which libvips is to bring to sRGB. */
export interface Samples {
  data: Uint8Array;
  width: number;
  height: number;
  /** Three are RGB, four are inks: C, M, Y, K, 255 the most. */
  channels: 3 | 4;
  /** EXIF orientation, 1 to 8. */
  orientation?: number;
  /** ICC profile of the samples. */
  profile?: Uint8Array | null;
}

/** An uncompressed TIFF, the plainest file that carries a profile along. TIFF 6.0; ICC.1:2022 annex B.4. */
export function plainTiff({ data, width, height, channels, orientation = 1, profile }: Samples): Uint8Array {
  const [short, long, undefinedType] = [3, 4, 7];
  const tags: [tag: number, type: number, count: number, value: number][] = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, channels, 0], // bits of each sample: filled in below
    [259, short, 1, 1],
    [262, short, 1, channels === 4 ? 5 : 2],
    [273, long, 1, 0], // where the pixels are: filled in below
    [274, short, 1, orientation],
    [277, short, 1, channels],
    [278, long, 1, height],
    [279, long, 1, data.length],
  ];
  if (profile) tags.push([34675, undefinedType, profile.length, 0]);
  const bitsAt = 8 + 2 + 12 * tags.length + 4;
  const profileAt = bitsAt + 2 * channels;
  const pixelsAt = profileAt + (profile?.length ?? 0);
  const file = new Uint8Array(pixelsAt + data.length);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, tags.length, true);
  const places: Record<number, number> = { 258: bitsAt, 273: pixelsAt, 34675: profileAt };
  tags.forEach(([tag, type, count, value], i) => {
    const at = 10 + 12 * i;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, places[tag] ?? value, true);
  });
  for (let c = 0; c < channels; c++) view.setUint16(bitsAt + 2 * c, 8, true);
  if (profile) file.set(profile, profileAt);
  file.set(data, pixelsAt);
  return file;
}

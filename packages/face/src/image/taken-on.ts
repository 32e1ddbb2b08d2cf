import sharp from 'sharp';

/**
 * The day a photo was taken, as its camera noted it (EXIF): `2026-11-29`; null where it did not, or the clock was never set.
 *
 * Of several dates that a photo has, the earliest: those of editing are later.
 *
 * @param bytes the file
 */
export async function takenOn(bytes: Uint8Array): Promise<string | null> {
  const exif = await sharp(bytes)
    .metadata()
    .then(({ exif: block }) => block)
    .catch(() => undefined); // decoding says what is wrong with it
  if (exif === undefined) return null;
  // EXIF writes a date as text of one form, whatever entry it is in (CIPA DC-008, 4.6.5)
  const dates = [
    ...exif.toString('latin1').matchAll(/((?:19|20)\d\d):([01]\d):([0-3]\d) \d\d:\d\d:\d\d/g),
  ].map(([, year, month, day]) => `${year}-${month}-${day}`);
  return dates.filter((date) => !/-00/.test(date)).sort()[0] ?? null;
}

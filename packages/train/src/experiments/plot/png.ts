import sharp from 'sharp';

/**
 * A picture of an SVG file as PNG bytes, twice its size in pixels.
 *
 * Texts take the machine's fonts: where there are none, they are missing.
 */
export async function svgToPng(svg: string): Promise<Uint8Array> {
  return sharp(Buffer.from(svg), { density: 144 }).png({ palette: true, quality: 90 }).toBuffer();
}

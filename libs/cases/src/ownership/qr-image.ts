import { encode } from 'uqr';

/** Pixels a module is wide, and the quiet zone around in modules (ISO/IEC 18004 asks for four). */
const SCALE = 8;
const BORDER = 4;

/**
 * A QR code as PNG: mail programs show no SVG.
 * @param text what it says
 */
export async function qrImage(text: string): Promise<Buffer> {
  // Loaded with the first code: most processes draw none.
  const { default: sharp } = await import('sharp');
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  const modules = Buffer.from(data.flat().map((dark) => (dark ? 0 : 255)));
  return sharp(modules, { raw: { width: size, height: size, channels: 1 } })
    .resize(size * SCALE, size * SCALE, { kernel: 'nearest' })
    .png({ palette: true, colours: 2 })
    .toBuffer();
}

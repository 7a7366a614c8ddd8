import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Pixels a module is wide, and the quiet zone around in modules (ISO/IEC 18004 asks for four). */
const SCALE = 8;
const BORDER = 4;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/**
 * A QR code as PNG (greyscale of one bit, RFC 2083): mail programs show no SVG.
 * @param text what it says
 */
export function qrImage(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  const width = size * SCALE;
  const stride = 1 + Math.ceil(width / 8);
  const pixels = Buffer.alloc(stride * width);
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      if (!data[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)]) {
        const at = y * stride + 1 + (x >> 3);
        pixels[at] = (pixels[at] ?? 0) | (0x80 >> (x & 7));
      }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 1;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

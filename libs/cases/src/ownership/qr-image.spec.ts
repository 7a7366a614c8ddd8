import sharp from 'sharp';
import { encode } from 'uqr';
import { qrImage } from './qr-image.js';

it('is a PNG whose pixels are the modules of the code', async () => {
  const text = 'https://care.example/c/H-7K2F-9Q#abcdefghijklmnop';
  const png = await qrImage(text);
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const { data: pixels, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  expect([info.width, info.height]).toEqual([size * 8, size * 8]);
  const isDark = (x: number, y: number) => (pixels[(y * info.width + x) * info.channels] ?? 255) < 128;
  // A corner of each module and its middle: none is blurred into the next.
  for (const at of [0, 4, 7])
    expect(data.map((row, y) => row.map((_, x) => isDark(x * 8 + at, y * 8 + at)))).toEqual(data);
});

import { inflateSync } from 'node:zlib';
import { encode } from 'uqr';
import { qrImage } from './qr-image.js';

it('is a PNG whose pixels are the modules of the code', () => {
  const text = 'https://care.example/c/H-7K2F-9Q#abcdefghijklmnop';
  const png = qrImage(text);
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const width = png.readUInt32BE(16);
  const at = png.indexOf('IDAT');
  const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  expect(width).toBe(size * 8);
  const stride = 1 + Math.ceil(width / 8);
  const isDark = (x: number, y: number) => ((pixels[y * stride + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0;
  const read = data.map((row, y) => row.map((_, x) => isDark(x * 8 + 4, y * 8 + 4)));
  expect(read).toEqual(data);
});

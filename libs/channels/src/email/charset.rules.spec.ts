import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decodeText } from './charset.rules.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => Buffer.from(text, 'utf8');

it.each([
  ['UTF-8 as declared', utf8('avería ñ €'), 'utf-8', 'avería ñ €'],
  ['UTF-8 called Latin-1', utf8('avería'), 'iso-8859-1', 'avería'],
  ['Latin-1 called UTF-8', latin1('avería'), 'utf-8', 'avería'],
  ['Latin-1 called ASCII', latin1('avería'), 'us-ascii', 'avería'],
  ['Latin-1 as declared', latin1('avería'), 'ISO-8859-1', 'avería'],
  ['nothing declared, Windows-1252', Buffer.from([0x80, 0x20, 0x35]), '', '€ 5'],
  ['Windows-1251', Buffer.from([0xcf, 0xf0, 0xe8]), 'windows-1251', 'При'],
  ['GB2312', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), 'gb2312', '你好'],
  ['UTF-16 the other way round', Buffer.from([0xfe, 0xff, 0, 0x48]), 'utf-16', 'H'],
  ['ISO-2022-JP', Buffer.from('\u001b$B$3$s\u001b(B', 'latin1'), 'iso-2022-jp', 'こん'],
  ['KS_C_5601', Buffer.from([0xb0, 0xa1]), 'ks_c_5601-1987', '가'],
  ['cp949', Buffer.from([0xb0, 0xa1]), 'cp949', '가'],
  ['UTF-7', latin1('Aver+AO0-a: 20 +IKw- +- IVA'), 'UTF-7', 'Avería: 20 € + IVA'],
  ['UTF-7 that is none', latin1('C++ y 1 + 1, +'), 'utf-7', 'C++ y 1 + 1, +'],
  ['UTF-7 by its first name', latin1('Aver+AO0-a'), 'UNICODE-1-1-UTF-7', 'Avería'],
  ['Latin-1 called UTF-7', latin1('avería +'), 'utf-7', 'avería +'],
  ['UTF-7 nobody declared', latin1('Aver+AO0-a'), '', 'Aver+AO0-a'],
  ['a charset nobody knows, UTF-8 bytes', utf8('avería'), 'x-unknown', 'avería'],
  ['a charset nobody knows, other bytes', latin1('avería'), 'x-unknown', 'avería'],
  ['nothing', Buffer.alloc(0), 'utf-8', ''],
])('%s', (_case, bytes, declared, text) => {
  expect(decodeText(bytes, declared)).toBe(text);
});

it('reads any bytes under any label', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
  for (const label of ['utf-8', 'utf-16le', 'shift_jis', 'utf-7', '', '\u0000', 'x'.repeat(1000)])
    expect(typeof decodeText(bytes, label)).toBe('string');
});

it('reads whatever was written in UTF-7', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((written) => !written.startsWith('\ufeff'));
  fc.assert(
    fc.property(text, (written) => {
      expect(decodeText(iconv.encode(written, 'utf7'), 'utf-7')).toBe(written);
    }),
    { seed: 20261122 },
  );
});

it.each([
  ['at once', 1],
  ['in a thousand parts', 1000],
])('reads four megabytes of the slowest UTF-7 in bounded time, %s', (_case, parts) => {
  const bytes = latin1('+AOk-\n'.repeat(700_000 / parts));
  const before = performance.now();
  for (let part = 0; part < parts; part += 1)
    expect(decodeText(bytes, 'utf-7') === 'é\n'.repeat(700_000 / parts)).toBe(true);
  expect(performance.now() - before).toBeLessThan(1500);
});

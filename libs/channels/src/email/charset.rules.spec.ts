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

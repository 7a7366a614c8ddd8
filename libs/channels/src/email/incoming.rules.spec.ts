import {
  contentTypeOf,
  displayNameOf,
  fileNameOf,
  messageIdOf,
  oneLine,
  referencesOf,
  writtenAt,
} from './incoming.rules.js';

const RECEIVED = new Date('2026-11-21T12:00:00Z');

describe('writtenAt', () => {
  it.each([
    ['Sat, 21 Nov 2026 12:30:00 +0100', '2026-11-21T11:30:00.000Z'],
    ['Sat, 21 Nov 2026\r\n 12:30:00 +0100 (CET)', '2026-11-21T11:30:00.000Z'],
    ['Thu, 22 Oct 2026 12:00:00 +0000', '2026-10-22T12:00:00.000Z'],
  ])('believes %j', (header, at) => {
    expect(writtenAt(header, RECEIVED).toISOString()).toBe(at);
  });

  it.each([
    ['no date', undefined],
    ['an empty one', ''],
    ['nonsense', 'yesterday-ish'],
    ['1970', 'Thu, 01 Jan 1970 00:00:00 +0000'],
    ['2100', 'Fri, 01 Jan 2100 00:00:00 +0000'],
    ['a second from now', 'Sat, 21 Nov 2026 12:00:01 +0000'],
    ['a moment ago', 'Sat, 21 Nov 2026 11:58:00 +0000'],
    ['30 days and a second ago', 'Thu, 22 Oct 2026 11:59:59 +0000'],
  ])('takes the time of receipt for %s', (_case, header) => {
    expect(writtenAt(header, RECEIVED)).toEqual(RECEIVED);
  });
});

describe('messageIdOf', () => {
  it.each([
    ['<a@b>', '<a@b>'],
    ['<Case.Sensitive@B>', '<Case.Sensitive@B>'],
    ['<no-at-sign>', '<no-at-sign>'],
    [' <a@\r\n b> ', '<a@b>'],
    [undefined, null],
    ['', null],
    ['<>', null],
    ['<a@b> <c@d>', null],
    [`<${'x'.repeat(2000)}@b>`, null],
  ])('%j is %j', (header, id) => {
    expect(messageIdOf(header)).toBe(id);
  });
});

describe('referencesOf', () => {
  it('lists each once, oldest first, however they are written together', () => {
    expect(referencesOf('<a@x><b@x>\r\n\t<a@x> (comment) garbage', '<c@x>')).toEqual(['<a@x>', '<b@x>', '<c@x>']);
  });

  it('keeps the first and the newest 19 of a long chain', () => {
    const chain = Array.from({ length: 50 }, (_, n) => `<${n}@x>`);
    const kept = referencesOf(chain.join(' '), '<50@x>');
    expect(kept).toHaveLength(20);
    expect(kept.slice(0, 2)).toEqual(['<0@x>', '<32@x>']);
    expect(kept.at(-1)).toBe('<50@x>');
  });
});

describe('displayNameOf', () => {
  it.each([
    ['  Robin   Díaz ', 'robin@x.es', 'Robin Díaz'],
    ["'Robin Díaz'", 'robin@x.es', 'Robin Díaz'],
    ['', 'robin@x.es', 'robin'],
    [undefined, 'robin.diaz@x.es', 'robin.diaz'],
    ['Robin\r\nBcc: x', 'robin@x.es', 'Robin Bcc: x'],
    ['\u202Eevil\u0000', 'robin@x.es', 'evil'],
  ])('%j of %s is %j', (name, address, shown) => {
    expect(displayNameOf(name, address)).toBe(shown);
  });

  it('is never longer than a name may be, and never half a character', () => {
    const name = displayNameOf(`${'x'.repeat(199)}😀😀`, 'a@b.c');
    expect(name.length).toBeLessThanOrEqual(200);
    expect(name.isWellFormed()).toBe(true);
  });
});

describe('fileNameOf', () => {
  it.each([
    ['factura.pdf', 'application/pdf', 'factura.pdf'],
    ['../../etc/passwd', 'text/plain', 'passwd'],
    ['C:\\fotos\\móvil.jpg', 'image/jpeg', 'móvil.jpg'],
    ['a\u0000b\r\n.txt', 'text/plain', 'ab.txt'],
    ['.htaccess', 'text/plain', 'htaccess'],
    [undefined, 'message/rfc822', 'message-3.eml'],
    ['', 'text/calendar', 'attachment-3.ics'],
    ['/', 'application/x-unheard-of', 'attachment-3.bin'],
    ['winmail.dat', 'application/ms-tnef', 'winmail.dat'],
  ])('%j (%s) is %j', (stated, type, name) => {
    expect(fileNameOf(stated, type, 3)).toBe(name);
  });

  it('cuts a name of thousands of letters and keeps its ending', () => {
    const name = fileNameOf(`${'ñ'.repeat(5000)}.docx`, 'application/octet-stream', 1);
    expect(name).toHaveLength(200);
    expect(name.endsWith('ñ.docx')).toBe(true);
  });
});

it.each([
  ['image/PNG; name=x', 'image/png'],
  [undefined, 'application/octet-stream'],
  ['rubbish', 'application/octet-stream'],
  ['text/html\r\nX-Evil: 1', 'application/octet-stream'],
])('content type %j is %j', (stated, type) => {
  expect(contentTypeOf(stated)).toBe(type);
});

it('makes one line of a header', () => {
  expect(oneLine(' No\tfunciona\r\n el móvil \u0000')).toBe('No funciona el móvil');
  expect(oneLine(' \r\n ')).toBeNull();
});

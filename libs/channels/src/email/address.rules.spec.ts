import { isOwnAddress, normaliseAddress, tagOf, withoutTag } from './address.rules.js';

describe('normaliseAddress', () => {
  it.each([
    ['Robin@Example.COM', 'robin@example.com'],
    [' <robin@example.com> ', 'robin@example.com'],
    ['robin@example.com.', 'robin@example.com'],
    ['robin@example.com..', 'robin@example.com'],
    ['robin@BÜCHER.example', 'robin@xn--bcher-kva.example'],
    ['robin@xn--bcher-kva.example', 'robin@xn--bcher-kva.example'],
    ['robin+tag@example.com', 'robin+tag@example.com'],
    ['r.o.bin@gmail.com', 'r.o.bin@gmail.com'],
    ['josé@correo.example', 'josé@correo.example'],
    ['root@localhost', 'root@localhost'],
    ['robin@[192.0.2.7]', 'robin@[192.0.2.7]'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['ro\u0000bin@example.com', 'robin@example.com'],
    ['\u202Erobin@example.com', 'robin@example.com'],
  ])('%j is %j', (written, address) => {
    expect(normaliseAddress(written)).toBe(address);
  });

  it.each([
    '',
    'robin',
    '@example.com',
    'robin@',
    'robin@exa mple.com',
    'a b@example.com',
    'robin@example..com',
    'x@y<z>.com',
    `${'a'.repeat(250)}@example.com`,
  ])('%j is none', (written) => {
    expect(normaliseAddress(written)).toBeNull();
  });

  it('takes the address behind the last @ of two', () => {
    // "robin@a <m@b>" as a display name must not make robin the sender.
    expect(normaliseAddress('robin@example.com@evil.example')).toBeNull();
  });
});

describe('own addresses', () => {
  it.each([
    ['care@hilo.test', true],
    ['CARE@Hilo.Test', true],
    ['care+c7.af31@hilo.test', true],
    ['care+@hilo.test', true],
    ['carer@hilo.test', false],
    ['other+care@hilo.test', false],
    ['care@hilo.test.evil.example', false],
    ['care+x@evil.example', false],
    ['care', false],
  ])('%s: %s', (address, own) => {
    expect(isOwnAddress(address, 'care@hilo.test')).toBe(own);
  });

  it('knows the tag and the address without it', () => {
    expect(tagOf('care+c7.af31@hilo.test')).toBe('c7.af31');
    expect(tagOf('care@hilo.test')).toBeNull();
    expect(tagOf('care+@hilo.test')).toBeNull();
    expect(withoutTag('care+c7.af31@hilo.test')).toBe('care@hilo.test');
    expect(withoutTag('care@hi+lo.test')).toBe('care@hi+lo.test');
  });
});

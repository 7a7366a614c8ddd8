import { Secrets } from './secrets.js';

const secrets = new Secrets({ secret: 'a secret of thirty-two letters..' });
const others = new Secrets({ secret: 'another secret, thirty-two long.' });

it('gives back what was sealed, to the same purpose and secret only', () => {
  const sealed = secrets.seal('twitter', 'contraseña 🔑');
  expect(secrets.open('twitter', sealed)).toBe('contraseña 🔑');
  expect(secrets.seal('twitter', 'contraseña 🔑')).not.toBe(sealed);
  expect(sealed).not.toContain('contrase');
  expect(() => secrets.open('mail', sealed)).toThrow();
  expect(() => others.open('twitter', sealed)).toThrow();
});

it('notices every changed letter of what was sealed', () => {
  const sealed = Buffer.from(secrets.seal('mail', 'x'), 'base64url');
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => secrets.open('mail', changed.toString('base64url'))).toThrow();
  }
  expect(() => secrets.open('mail', '')).toThrow();
});

it('knows its own signatures, whole and shortened', () => {
  for (const bytes of [8, 10, 32]) {
    const signature = secrets.sign('reply', 'case', bytes);
    expect(signature).toHaveLength(bytes);
    expect(secrets.isSigned('reply', 'case', signature)).toBe(true);
    expect(secrets.isSigned('reply', 'another', signature)).toBe(false);
    expect(secrets.isSigned('link', 'case', signature)).toBe(false);
    expect(others.isSigned('reply', 'case', signature)).toBe(false);
  }
  for (const wrong of [Buffer.alloc(0), secrets.sign('reply', 'case').subarray(0, 7), Buffer.alloc(33)])
    expect(secrets.isSigned('reply', 'case', wrong)).toBe(false);
});

import fc from 'fast-check';
import { Secrets } from '#platform';
import { tagOf } from './address.rules.js';
import { bounceAddress, bounceToken, readBounceToken } from './bounce.token.js';

const secrets = new Secrets({ secret: 'x'.repeat(32) });
const others = new Secrets({ secret: 'y'.repeat(32) });
const ID = '0197a2b4-7c11-7aaa-8bbb-0123456789ab';

it('comes back from an address, whatever case a server makes of it', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.boolean(), (id, loud) => {
      const address = bounceAddress(secrets, id, 'care@hilo.test');
      const tag = tagOf(loud ? address.toUpperCase() : address);
      expect(readBounceToken(secrets, tag ?? '')).toBe(id);
    }),
  );
});

it('leaves room for the mailbox: a local part holds 64 characters (RFC 5321 §4.5.3.1.1)', () => {
  expect(bounceToken(secrets, ID)).toMatch(/^[a-z0-9.]{41}$/);
});

it('is worth nothing when a letter is changed, or when somebody else made it', () => {
  const token = bounceToken(secrets, ID);
  expect(readBounceToken(others, token)).toBeNull();
  for (let at = 0; at < token.length; at += 1) {
    const forged = token.slice(0, at) + (token[at] === 'q' ? 'r' : 'q') + token.slice(at + 1);
    expect(readBounceToken(secrets, forged)).not.toBe(ID);
  }
  for (const nonsense of ['', 'b', 'c7.af31', `${token}x`, token.slice(1)])
    expect(readBounceToken(secrets, nonsense)).toBeNull();
});

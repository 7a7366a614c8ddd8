import fc from 'fast-check';
import { AuthResult } from '#contracts';
import { trustByHeader } from './trust.header.js';
import { domainOf, trustOf, type AuthFindings } from './trust.rules.js';

const none = { result: 'none', domain: null } as const;
const found = (over: Partial<AuthFindings>): AuthFindings => ({
  source: 'check',
  fromDomain: 'example.com',
  spf: none,
  dkim: [],
  dmarc: none,
  ...over,
});
const pass = (domain: string) => ({ result: 'pass', domain }) as const;

it.each<[string, Partial<AuthFindings>, object]>([
  ['nothing at all', {}, { verified: null, by: null, proof: 'none' }],
  [
    'a signature and a policy',
    { dkim: [pass('example.com')], dmarc: pass('example.com') },
    { verified: true, by: 'dmarc', proof: 'strong' },
  ],
  ['a signature alone', { dkim: [pass('mail.example.com')] }, { verified: true, by: 'dkim', proof: 'strong' }],
  ['an allowed server', { spf: pass('example.com') }, { verified: true, by: 'spf', proof: 'weak' }],
  [
    'a policy met by its server',
    { spf: pass('example.com'), dmarc: pass('example.com') },
    { verified: true, proof: 'weak' },
  ],
  ['the signature of somebody else', { dkim: [pass('evil.test')] }, { verified: null, proof: 'none', dkim: 'pass' }],
  ['a name that only ends alike', { dkim: [pass('notexample.com')] }, { verified: null, proof: 'none' }],
  ['the server of somebody else', { spf: pass('evil.test') }, { verified: null, proof: 'none' }],
  [
    'a policy not met',
    { dkim: [pass('evil.test')], dmarc: { result: 'fail', domain: 'example.com' } },
    { verified: false, by: 'dmarc', proof: 'none' },
  ],
  ['a server that is refused', { spf: { result: 'fail', domain: 'example.com' } }, { verified: false, by: 'spf' }],
  ['several authors', { fromDomain: null, dkim: [pass('example.com')] }, { verified: null, proof: 'none' }],
  ['a policy of somebody else', { dmarc: pass('evil.test') }, { verified: null, proof: 'none' }],
])('%s', (_what, over, expected) => expect(trustOf(found(over))).toMatchObject(expected));

it('nobody is evidence without a signature of their own domain', () => {
  const result = fc.constantFrom(...AuthResult.options);
  const domain = fc.constantFrom('example.com', 'evil.test', 'a.example.com', null);
  const check = fc.record({ result, domain });
  fc.assert(
    fc.property(domain, check, fc.array(check), check, (fromDomain, spf, dkim, dmarc) => {
      const trust = trustOf({ source: 'header', fromDomain, spf, dkim, dmarc });
      const isSigned = dkim.some(
        (one) => one.result === 'pass' && fromDomain && one.domain && `.${one.domain}.`.includes('example.com'),
      );
      if (trust.proof === 'strong') expect(isSigned || dkim.some((one) => one.domain === fromDomain)).toBe(true);
      if (trust.verified !== true) expect(trust.proof).toBe('none');
    }),
  );
});

it('a domain is found in what servers write', () => {
  expect(['robin@Example.com', '<robin@example.com>', '@example.com', 'example.com.'].map(domainOf)).toEqual(
    Array.from({ length: 4 }, () => 'example.com'),
  );
  expect(['', '<>', 'mx', 7, null].map(domainOf)).toEqual([null, null, null, null, null]);
});

describe('Authentication-Results', () => {
  const header = (line: string) => ({ key: 'authentication-results', line: `Authentication-Results: ${line}` });
  const ours = header(
    'mx.hilo.test 1;\r\n dkim=pass (good; really) header.d=example.com header.s=s1;\r\n spf=pass smtp.mailfrom=robin@example.com;\r\n dmarc=pass (p=reject) header.from=example.com',
  );
  const forged = header('mx.evil.test; dkim=pass header.d=example.com; dmarc=pass header.from=example.com');
  const read = (...headers: { key: string; line: string }[]) => trustByHeader('MX.hilo.test', headers, 'example.com');

  it('of our own server counts', () => {
    expect(read(ours)).toEqual({
      source: 'header',
      domain: 'example.com',
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      verified: true,
      by: 'dmarc',
      proof: 'strong',
    });
  });

  it('of anybody else is left aside, wherever it stands', () => {
    expect(read(forged)).toBeNull();
    expect(read(forged, ours)).toEqual(read(ours));
    expect(read({ key: 'x-authentication-results', line: ours.line })).toBeNull();
  });

  it('counts only where our server wrote it: at the top', () => {
    const denied = header(
      'mx.hilo.test; dkim=none; spf=fail smtp.mailfrom=evil.test; dmarc=fail header.from=example.com',
    );
    expect(read(denied, ours)).toMatchObject({ verified: false, proof: 'none' });
  });

  it('may say that nobody looked', () => {
    expect(read(header('mx.hilo.test; none'))).toMatchObject({ verified: null, proof: 'none', dkim: 'none' });
  });

  it('never throws, whatever stands in it', () => {
    fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => void read(header(`mx.hilo.test; ${text}`))));
  });
});

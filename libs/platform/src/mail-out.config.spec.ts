import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './config.js';

const GOOD = {
  DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/hilo',
  HILO_SECRET: 'x'.repeat(32),
  HILO_MAIL_ADDRESS: 'care@nexo.example',
};
const pem = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const KEY = pem(2048);
const DKIM = { HILO_DKIM_DOMAIN: 'nexo.example', HILO_DKIM_SELECTOR: 'hilo', HILO_DKIM_KEY: KEY };
const load = (more: Record<string, string>) => loadConfig({ ...GOOD, ...more });

it('has limits without being told', () => {
  expect(load({}).mail).toMatchObject({
    attachBytes: 10 * 1024 * 1024,
    ratePerDomain: 30,
    plusAddresses: true,
    dkim: null,
  });
});

it('takes the key as it is, on one line, or from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dkim-'));
  const path = join(folder, 'key.pem');
  writeFileSync(path, KEY);
  const dkim = load(DKIM).mail.dkim;
  expect(dkim).toMatchObject({ domainName: 'nexo.example', keySelector: 'hilo' });
  expect(dkim?.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/u);
  expect(load({ ...DKIM, HILO_DKIM_KEY: path }).mail.dkim).toEqual(dkim);
  expect(load({ ...DKIM, HILO_DKIM_KEY: KEY.replaceAll('\n', String.raw`\n`) }).mail.dkim).toEqual(dkim);
  rmSync(folder, { recursive: true });
});

it.each([
  [
    'half of it',
    { HILO_DKIM_DOMAIN: 'nexo.example' },
    /HILO_DKIM_SELECTOR: is missing[\s\S]*HILO_DKIM_KEY: is missing/u,
  ],
  ['a key that is none', { ...DKIM, HILO_DKIM_KEY: KEY.replace(KEY.slice(100, 400), '') }, /HILO_DKIM_KEY: must be/u],
  [
    'a file that is not there',
    { ...DKIM, HILO_DKIM_KEY: '/nowhere/key.pem' },
    /HILO_DKIM_KEY: must be .* a file that is there/u,
  ],
  ['a weak key', { ...DKIM, HILO_DKIM_KEY: pem(768) }, /HILO_DKIM_KEY: must have 1024 bits/u],
  [
    'another kind of key',
    {
      ...DKIM,
      HILO_DKIM_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    /HILO_DKIM_KEY: must be an RSA key/u,
  ],
  ["somebody else's domain", { ...DKIM, HILO_DKIM_DOMAIN: 'exo.example' }, /HILO_DKIM_DOMAIN: must be the domain of/u],
  ['no domain', { ...DKIM, HILO_DKIM_DOMAIN: 'nexo' }, /HILO_DKIM_DOMAIN: must be a domain/u],
])('refuses %s, without a word of the key', (_case, more, said) => {
  expect(() => load(more)).toThrow(said);
  try {
    load(more);
  } catch (error) {
    for (const line of KEY.split('\n').filter((text) => text.length > 40)) expect(String(error)).not.toContain(line);
  }
});

it('takes a domain above the address', () => {
  expect(load({ ...DKIM, HILO_MAIL_ADDRESS: 'care@help.nexo.example' }).mail.dkim).not.toBeNull();
});

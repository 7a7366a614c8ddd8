import 'reflect-metadata';
import { X509Certificate, createPrivateKey, webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const HOSTS = ['api.x.com', 'upload.x.com', 'pbs.twimg.com', 'ton.twitter.com', 'api.twitter.com', 'video.twimg.com'];
const DAY_MS = 86_400_000;
const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** What a TLS server needs, and the authority its callers must trust. PEM. */
export interface Certificate {
  ca: string;
  cert: string;
  key: string;
  /** The file the authority is in. */
  caPath: string;
}

/** The certificate of X's hosts in a folder: the one that is there while it is good for another day, else a new one. */
export async function certificateIn(folder: string): Promise<Certificate> {
  await mkdir(folder, { recursive: true });
  const paths = {
    ca: join(folder, 'ca.pem'),
    cert: join(folder, 'x.pem'),
    key: join(folder, 'x-key.pem'),
  };
  if (Object.values(paths).every((path) => existsSync(path))) {
    const [ca, cert, key] = await Promise.all(Object.values(paths).map((path) => readFile(path, 'utf8')));
    const kept = { ca: ca ?? '', cert: cert ?? '', key: key ?? '', caPath: paths.ca };
    if (isGood(kept)) return kept;
  }
  const made = await makeCertificate();
  await writeFile(paths.key, made.key, { mode: 0o600 });
  await writeFile(paths.cert, made.cert);
  await writeFile(paths.ca, made.ca);
  return { ...made, caPath: paths.ca };
}

function isGood(kept: Certificate): boolean {
  try {
    const [authority, own] = [new X509Certificate(kept.ca), new X509Certificate(kept.cert)];
    const inTime = [authority, own].every((one) => Date.parse(one.validTo) > Date.now() + DAY_MS);
    const ours = own.verify(authority.publicKey) && own.checkPrivateKey(createPrivateKey(kept.key));
    return inTime && ours && HOSTS.every((host) => own.checkHost(host) !== undefined);
  } catch {
    return false; // Not a certificate or not a key: a new one is written over it.
  }
}

async function makeCertificate(): Promise<Omit<Certificate, 'caPath'>> {
  const notBefore = new Date(Date.now() - DAY_MS);
  const notAfter = new Date(Date.now() + 3650 * DAY_MS);
  const makeKeys = () => webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
  const [authorityKeys, ownKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Hilo sandbox authority',
    keys: authorityKeys,
    notBefore,
    notAfter,
    signingAlgorithm: KEYS,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const own = await x509.X509CertificateGenerator.create({
    subject: 'CN=api.x.com',
    issuer: authority.subject,
    publicKey: ownKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    notBefore,
    notAfter,
    signingAlgorithm: KEYS,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(HOSTS.map((value) => ({ type: 'dns', value }))),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', ownKeys.privateKey), 'PRIVATE KEY');
  return { ca: `${authority.toString('pem')}\n`, cert: `${own.toString('pem')}\n`, key: `${key}\n` };
}

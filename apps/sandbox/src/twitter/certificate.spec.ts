import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateIn } from './certificate.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authority-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the certificate of X’s hosts', () => {
  it('is made once for every host and kept, its key for nobody else to read', async () => {
    const made = await certificateIn(folder);
    const own = new X509Certificate(made.cert);
    expect(own.verify(new X509Certificate(made.ca).publicKey)).toBe(true);
    for (const host of ['api.x.com', 'upload.x.com', 'pbs.twimg.com', 'ton.twitter.com']) {
      expect(own.checkHost(host)).toBe(host);
    }
    expect(own.checkHost('example.test')).toBeUndefined();
    expect(await readFile(made.caPath, 'utf8')).toBe(made.ca);
    expect((await stat(join(folder, 'x-key.pem'))).mode & 0o777).toBe(0o600);
    expect(await certificateIn(folder)).toEqual(made);
  });

  it('is made anew over one that is broken or belongs to another authority', async () => {
    const made = await certificateIn(folder);
    await writeFile(made.caPath, 'nonsense');
    const again = await certificateIn(folder);
    expect(again.ca).not.toBe(made.ca);
    await writeFile(again.caPath, made.ca);
    const third = await certificateIn(folder);
    expect(new X509Certificate(third.cert).verify(new X509Certificate(third.ca).publicKey)).toBe(true);
  });
});

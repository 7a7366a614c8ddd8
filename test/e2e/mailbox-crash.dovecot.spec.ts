import { startDovecot, type TestDovecot } from '../support/dovecot.js';
import { waitFor } from '../support/wait.js';
import { type Deployment, deploy } from './deployment.js';

const MAILS = 300;
const STOP_WITHIN_MS = 5000;

describe('a full mailbox', () => {
  let dovecot: TestDovecot;
  let world: Deployment;

  beforeAll(async () => {
    dovecot = await startDovecot(['care']);
    world = await deploy({ environment: { HILO_IMAP_URL: dovecot.url('care'), HILO_IMAP_POLL_SECONDS: '1' } });
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
    await dovecot?.stop();
  });

  const mail = (n: number) =>
    [
      ...[`From: c${n % 20}@correo.test`, 'To: care@hilo.test', `Subject: ${n}`, `Message-ID: <${n}@correo.test>`],
      // Some of them go through storage by themselves.
      ...['Content-Type: text/plain; charset=utf-8', '', n % 25 === 0 ? 'palabra '.repeat(12_000) : `mail ${n}`, ''],
    ].join('\r\n');
  const count = async (table: string) => {
    const [row] = await world.database.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    return row?.n ?? 0;
  };

  it(`loses and doubles nothing of ${MAILS} mails while product and mail server are killed, and marks them all`, async () => {
    const mails = Array.from({ length: MAILS }, (_, n) => mail(n));
    await dovecot.append('care', mails.slice(0, 100));
    await waitFor(async () => (await count('inbound_mail')) > 0, { every: 2 });
    await world.product.kill();
    await dovecot.append('care', mails.slice(100, 200));
    await world.product.start();
    await waitFor(async () => (await count('inbound_mail')) > 100, { every: 2, timeout: 20_000 });
    await dovecot.kill();
    await world.product.kill();
    await dovecot.start();
    await world.product.start();
    await dovecot.append('care', mails.slice(200));
    await waitFor(async () => (await count('interaction')) >= MAILS, { timeout: 60_000 });
    await waitFor(async () => {
      const flags = [...(await dovecot.flags('care')).values()];
      return flags.length === MAILS && flags.every((set) => set.includes('\\Seen'));
    });
    expect(await count('interaction')).toBe(MAILS);
    expect(await count('inbound_reject')).toBe(0);
  }, 120_000);

  it('does not keep the product from ending while its server hangs', async () => {
    dovecot.freeze();
    const { code, ms } = await world.product.terminate();
    dovecot.thaw();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(STOP_WITHIN_MS);
  }, 30_000);
});

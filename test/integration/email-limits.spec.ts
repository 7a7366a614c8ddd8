import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { AttachmentService } from '#cases';
import type { Role } from '#contracts';
import type { Principal } from '#identity';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { CARE, crlf, EmailWorld, plainMail } from './email.world.js';

let test: TestDatabase;
let world: EmailWorld;
beforeAll(async () => {
  test = await createDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await EmailWorld.start(test, { HILO_UPLOAD_LIMIT_MB: '1', HILO_MAIL_LIMIT_MB: '3' });
  await world.test.query('truncate automatic_mail');
});
afterEach(() => world.end());

const VIDEO = Buffer.alloc(1_400_000, 'video').toString('base64').replace(/.{76}/gu, '$&\n');

/** A mail with one file that is taken and one that is too large. */
const heavy = (headers = '', messageId = '<heavy@example.com>') =>
  crlf(
    [
      'From: Robin <robin@example.com>',
      `To: ${CARE}`,
      'Subject: Video',
      `Message-ID: ${messageId}`,
      'Date: Sat, 21 Nov 2026 12:30:00 +0100',
      ...(headers ? [headers] : []),
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Se ve aquí.',
      '',
      'El lun, 3 nov 2026 a las 10:00, Nexo <care@hilo.test> escribió:',
      '> ¿Nos manda un vídeo?',
      '--b',
      'Content-Type: application/pdf; name=factura.pdf',
      '',
      'PDF',
      '--b',
      'Content-Type: video/mp4; name=video.mp4',
      'Content-Transfer-Encoding: base64',
      '',
      VIDEO,
      '--b--',
      '',
    ].join('\n'),
  );

const Entry = z.object({
  id: z.uuid(),
  direction: z.string(),
  author_kind: z.string(),
  automatic: z.boolean().nullable(),
  text: z.string(),
  quoted: z.string().nullable(),
  notices: z.array(z.object({ code: z.string(), values: z.record(z.string(), z.string()) })),
  files: z.array(z.string()),
});
const entries = async () =>
  z.array(Entry).parse(
    await world.test.query(
      `select i.*, array(select a.file_name from attachment a where a.interaction_id = i.id order by a.id) as files
       from interaction i order by i.direction, i.id`,
    ),
  );

describe('a mail over a limit', () => {
  it('is kept but for what is too large, and says what that is', async () => {
    await world.deliver(heavy());
    await world.drained();
    const [entry] = await entries();
    expect(entry).toMatchObject({
      direction: 'inbound',
      text: 'Se ve aquí.',
      quoted: 'El lun, 3 nov 2026 a las 10:00, Nexo <care@hilo.test> escribió:\n> ¿Nos manda un vídeo?',
      files: ['factura.pdf'],
      notices: [{ code: 'mail.file_too_large', values: { file: 'video.mp4', size: '1.3 MB', limit: '1 MB' } }],
    });
  });

  it('is answered once, in words that name the file', async () => {
    await world.deliver(heavy());
    await world.drained();
    const [, answer] = await entries();
    expect(answer).toMatchObject({ direction: 'outbound', author_kind: 'system', automatic: true });
    // Nobody knows yet what its sender speaks.
    const [spanish, english] = answer?.text?.split('— English —') ?? [];
    expect(spanish).toContain('El archivo «video.mp4» (1.3 MB) supera el límite de 1 MB');
    expect(english).toContain('The file “video.mp4” (1.3 MB) is over the limit of 1 MB');
    const deliveries = await world.test.query('select state, channel from delivery');
    expect(deliveries).toEqual([{ state: 'pending', channel: 'email' }]);

    await world.deliver(heavy());
    await world.test.query(`update inbound_mail set state = 'pending', interaction_id = null`);
    await world.drained();
    expect(await entries()).toHaveLength(2);
  });

  it('is answered once a day on a case, however many of them come', async () => {
    await world.deliver(heavy('', '<one@example.com>'), heavy('', '<two@example.com>'));
    await world.drained();
    const answers = async () => (await entries()).filter(({ direction }) => direction === 'outbound').length;
    expect([await world.count('interaction'), await answers(), await world.count('cases')]).toEqual([3, 1, 1]);
    world.clock.advance(25 * 3_600_000);
    await world.deliver(heavy('', '<three@example.com>'));
    await world.drained();
    expect(await answers()).toBe(2);
  });

  it('leaves the case waiting for an answer of a person', async () => {
    await world.deliver(heavy());
    await world.drained();
    expect(await world.test.query('select next_action, unread, last_direction from cases')).toEqual([
      { next_action: 'reply', unread: 1, last_direction: 'inbound' },
    ]);
  });

  it('is not answered when no person wrote it', async () => {
    await world.deliver(heavy('Auto-Submitted: auto-replied'), heavy('Precedence: bulk', '<list@example.com>'));
    await world.drained();
    expect((await entries()).filter(({ direction }) => direction === 'outbound')).toEqual([]);
  });

  it('is nothing an ordinary mail hears of', async () => {
    await world.deliver(plainMail());
    await world.drained();
    expect(await entries()).toMatchObject([{ notices: [], quoted: null }]);
  });
});

describe('the mail as it came', () => {
  const person = (role: Role, storeId: string | null = null): Principal => ({
    id: '01900000-0000-7000-8000-000000000001',
    email: 'x@hilo.test',
    displayName: 'X',
    role,
    storeId,
    language: 'es',
  });
  const original = (principal: Principal, id: string) =>
    new AttachmentService(world.storage, world.config, world.clock).original(world.database.manager, principal, id);

  it('comes back byte for byte to whoever may see the case', async () => {
    const raw = heavy();
    await world.deliver(raw);
    await world.drained();
    const [entry, answer] = await entries();
    expect((await buffer(await original(person('agent'), entry?.id ?? ''))).toString('latin1')).toBe(
      Buffer.from(raw).toString('latin1'),
    );
    await expect(
      original(person('store', '01900000-0000-7000-8000-000000000002'), entry?.id ?? ''),
    ).rejects.toMatchObject({
      code: 'interaction.not_found',
    });
    await expect(original(person('agent'), answer?.id ?? '')).rejects.toMatchObject({ code: 'interaction.not_found' });
  });

  it('with the code of a voucher is for those who may give any, and that they read it stands on the case', async () => {
    const raw = plainMail({ text: 'Gracias\r\n\r\n> El código del bono\r\n> es ABCD-EFGH-JKMN-PQRS y vale' });
    await world.deliver(raw);
    await world.drained();
    const [entry] = await world.test.query<{ id: string; all: string }>(
      `select id, concat(text, quoted, html) as all from interaction where text like 'Gracias%'`,
    );
    expect(entry?.all).not.toContain('PQRS');
    const id = entry?.id ?? '';
    await expect(original(person('agent'), id)).rejects.toMatchObject({ code: 'permission.denied' });
    const boss = person('supervisor');
    await world.test.query(
      `insert into agent (id, email, display_name, password_hash, role) values ($1, $2, 'X', 'none', 'supervisor')`,
      [boss.id, boss.email],
    );
    expect((await buffer(await original(boss, id))).toString()).toContain('PQRS');
    const read = `select data from case_event where type = 'entry.original_read'`;
    expect(await world.test.query(read)).toEqual([{ data: { interactionId: id } }]);
  });
});

import { createTransport } from 'nodemailer';
import { waitFor } from '../support/wait.js';
import type { Person } from './outside.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

describe('a mail that carries more than is taken', () => {
  let world: World;
  let agent: Staff;
  let person: Person;
  let raw: Buffer;

  beforeAll(async () => {
    world = await startWorld({ environment: { HILO_UPLOAD_LIMIT_MB: '1' } });
    agent = await world.login('agent@hilo.test');
    person = await world.outside.newcomer('Ana Muñoz');
    const video = Buffer.alloc(1_400_000, 'video').toString('base64').replace(/.{76}/gu, '$&\r\n');
    raw = Buffer.from(
      [
        `From: <${person.email}>`,
        'To: care@hilo.test',
        'Subject: Video',
        'Message-ID: <video@correo.test>',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'Va el video',
        '--b',
        'Content-Type: video/mp4; name=video.mp4',
        'Content-Transfer-Encoding: base64',
        '',
        video,
        '--b--',
        '',
      ].join('\r\n'),
    );
    const post = createTransport({ host: '127.0.0.1', port: world.mailPort, ignoreTLS: true });
    await post.sendMail({ envelope: { from: person.email, to: 'care@hilo.test' }, raw });
    post.close();
  });
  afterAll(() => world?.stop());

  const entry = async () => {
    const [row] = await waitFor(async () => {
      const found = await agent.cases(`q=${person.email}`);
      return found.length > 0 ? found : null;
    });
    const said = await agent.interactions(row?.id ?? '');
    return said.find(({ direction }) => direction === 'inbound');
  };

  it('says what is missing and gives out the whole as a download', async () => {
    const shown = await entry();
    expect(shown).toMatchObject({ text: 'Va el video', hasOriginal: true, attachments: [] });
    expect(shown?.notices).toMatchObject([{ code: 'mail.file_too_large', values: { file: 'video.mp4' } }]);

    const answer = await agent.ask(`/interactions/${shown?.id}/original`);
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(raw)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('message/rfc822');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${shown?.id}.eml"`);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('gives it to nobody who may not see the case', async () => {
    const shown = await entry();
    const store = await world.login('store@hilo.test');
    const refused = await store.ask(`/interactions/${shown?.id}/original`);
    expect(errorOf(refused)).toMatchObject({ status: 404, code: 'interaction.not_found' });
  });

  it('is answered once, by a mail no program answers', async () => {
    const [told] = await waitFor(async () => {
      const mails = await world.outside.mailsTo(person);
      return mails.length > 0 ? mails : null;
    });
    expect(told?.text).toContain('«video.mp4» (1.3 MB)');
    expect(await world.outside.mailsTo(person)).toHaveLength(1);
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { once } from 'node:events';
import { UploadedAttachment } from '#contracts';
import { waitFor } from '../support/wait.js';
import { type Ledger, ledger } from './ledger.js';
import { type Answer, errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const MEGABYTE = 1024 * 1024;
const FILE_PART = 'Content-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n';

const formOf = (bytes: Buffer, name = 'foto.png', type = 'image/png'): FormData => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
};

describe('files people upload', () => {
  let world: World;
  let agent: Staff;
  let caseId: string;
  let before: Ledger;

  beforeAll(async () => {
    world = await startWorld({ environment: { HILO_UPLOAD_LIMIT_MB: '1' } });
    agent = await world.login('agent@hilo.test');
    ({ caseId } = await agent.visit({
      storeId: world.stores.goya,
      customer: { displayName: 'Ana', email: 'ana@correo.test' },
      text: 'Viene a preguntar.',
    }));
  });
  beforeEach(async () => {
    before = await ledger(world);
  });
  afterAll(() => world?.stop());

  const upload = (body: unknown, headers?: Record<string, string>) =>
    agent.ask('/attachments', { method: 'POST', body, headers });

  async function refused(answer: Answer, status: number, code: string): Promise<void> {
    expect(errorOf(answer)).toMatchObject({ status, code });
    expect(await ledger(world)).toEqual(before);
  }

  it('come back byte for byte, at the size limit too', async () => {
    const bytes = randomBytes(MEGABYTE);
    const answer = await upload(formOf(bytes, 'móvil «roto».png'));
    expect(answer.status).toBe(201);
    const file = UploadedAttachment.parse(answer.body);
    expect(file).toMatchObject({ fileName: 'móvil «roto».png', contentType: 'image/png', size: MEGABYTE });
    expect((await agent.content(file.id)).equals(bytes)).toBe(true);
  });

  it('are refused one byte above it, with nothing left behind', async () => {
    await refused(await upload(formOf(randomBytes(MEGABYTE + 1))), 413, 'attachment.too_large');
    await refused(await upload(formOf(randomBytes(5 * MEGABYTE))), 413, 'attachment.too_large');
  });

  it('leave nothing when the upload breaks off', async () => {
    const { hostname, port } = new URL(world.url);
    const sending = request({
      ...{ hostname, port, method: 'POST', path: '/api/v1/attachments' },
      headers: { ...agent.headers, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '900000' },
    });
    const broken = once(sending, 'error');
    sending.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n');
    sending.write(randomBytes(400_000));
    await waitFor(async () => (await ledger(world)).files > before.files);
    sending.destroy(new Error('the browser was closed'));
    await broken;
    await waitFor(async () => (await ledger(world)).files === before.files);
    expect(await ledger(world)).toEqual(before);
  });

  it.each([
    ['no form', '{}', 'application/json', 415, 'request.unsupported_media'],
    ['a form without a file', '--x\r\n--x--\r\n', 'multipart/form-data; boundary=x', 400, 'request.invalid'],
    ['a form without an end', `--x\r\n${FILE_PART}abc`, 'multipart/form-data; boundary=x', 400, 'request.invalid'],
    ['a form without a boundary', 'abc', 'multipart/form-data', 400, 'request.invalid'],
  ])('%s is refused', async (_what, body, type, status, code) => {
    await refused(await upload(body, { 'content-type': type }), status, code);
  });

  it('that are pages or scripts are never shown as such', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    for (const type of ['text/html', 'image/svg+xml', 'application/javascript']) {
      const file = UploadedAttachment.parse((await upload(formOf(page, 'x.html', type))).body);
      const { headers } = await agent.ask(`/attachments/${file.id}/content`);
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toMatch(/^attachment/u);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain('sandbox');
    }
  });

  it('leave with one reply only, and only with their uploader', async () => {
    await agent.ask(`/cases/${caseId}/notes`, { method: 'POST', body: { text: 'Una nota.' } });
    const file = UploadedAttachment.parse((await upload(formOf(randomBytes(10)))).body);
    const reply = { channel: 'email', text: 'Va adjunta.', attachmentIds: [file.id] };
    const marta = await world.login('supervisor@hilo.test');
    const send = (staff: Staff) => staff.ask(`/cases/${caseId}/replies`, { method: 'POST', body: reply });
    expect(errorOf(await send(marta))).toMatchObject({ status: 404, code: 'attachment.not_found' });
    const answers = await Promise.all([send(agent), send(agent), send(agent)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404]);
    const unknown = { ...reply, attachmentIds: [randomUUID()] };
    const answer = await agent.ask(`/cases/${caseId}/replies`, { method: 'POST', body: unknown });
    expect(errorOf(answer)).toMatchObject({ status: 404, code: 'attachment.not_found' });
  });
});

import type { FastifyInstance } from 'fastify';
import { type Mail, mailShape } from '../mail/mails.js';
import { Refusal } from '../refusal.js';
import { RawMailBody, RawMailQuery, read } from './bodies.js';
import type { Outside } from './outside.js';

/** Every mail that came from the product or went to it, and mail in any shape at all towards it. */
export function mailRoutes(app: FastifyInstance, outside: Outside): void {
  const { mails, postOffice, careAddress } = outside;
  const find = (id: string): Mail => {
    const mail = mails.byId(id);
    if (!mail) throw new Refusal(404, 'mail.not_found', `no mail ${id}`);
    return mail;
  };
  const list = (direction: Mail['direction']) => ({
    items: mails
      .all()
      .filter((mail) => mail.direction === direction)
      .map(mailShape),
  });

  app.get('/control/mails', () => list('in'));
  app.get('/control/mails/sent', () => list('out'));
  app.get<{ Params: { id: string } }>('/control/mails/:id', (request) => mailShape(find(request.params.id)));
  app.get<{ Params: { id: string } }>('/control/mails/:id/raw', (request, reply) =>
    reply.header('content-type', 'message/rfc822').send(find(request.params.id).raw),
  );
  app.get<{ Params: { id: string; fileId: string } }>('/control/mails/:id/attachments/:fileId', (request, reply) => {
    const file = find(request.params.id).files.find((one) => one.id === request.params.fileId);
    if (!file) throw new Refusal(404, 'attachment.not_found', 'this mail has no such attachment');
    const name = encodeURIComponent(file.fileName);
    return reply
      .header('content-type', file.contentType)
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .header('x-content-type-options', 'nosniff')
      .send(file.bytes);
  });

  app.post('/control/raw-mail', async (request, reply) => {
    const { raw, from, to } = rawMail(request.body, request.query);
    const mail = await postOffice.post(raw, { from: from.toLowerCase(), to: to ?? [careAddress] });
    return reply.code(201).send(mailShape(mail));
  });
}

/** Bytes as the body with `?from=&to=`, or JSON around them. */
function rawMail(body: unknown, query: unknown): { raw: Buffer; from: string; to: string[] | undefined } {
  if (Buffer.isBuffer(body)) {
    const { from, to } = read(RawMailQuery, query);
    return { raw: body, from, to: to?.split(',').map((one) => one.trim()) };
  }
  const stated = read(RawMailBody, body);
  const raw = stated.rawBase64 === undefined ? Buffer.from(stated.raw ?? '') : Buffer.from(stated.rawBase64, 'base64');
  return { raw, from: stated.from, to: stated.to };
}

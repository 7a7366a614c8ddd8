import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.js';
import { mailShape } from '../mail/mails.js';
import { DmBody, EmailBody, PersonBody, PersonChange, type FileBody, read } from './bodies.js';
import type { Outside } from './outside.js';
import { dmShape, personShape, threadOf } from './shapes.js';

interface ById {
  Params: { id: string };
}

const bytesOf = (file: FileBody): Buffer => Buffer.from(file.contentBase64, 'base64');

/** Being the customer: who they are, what they write, what came back. `:id` is the X user id or the handle. */
export function customerRoutes(app: FastifyInstance, outside: Outside): void {
  const { people, messages, media, courier, postOffice } = outside;

  app.get('/control/customers', () => ({ items: people.all().map((person) => personShape(person, outside)) }));
  app.post('/control/customers', (request, reply) => reply.code(201).send(people.add(read(PersonBody, request.body))));
  app.get<ById>('/control/customers/:id', (request) => personShape(people.find(request.params.id), outside));
  app.patch<ById>('/control/customers/:id', (request) =>
    people.change(request.params.id, read(PersonChange, request.body)),
  );
  app.get<ById>('/control/customers/:id/inbox', (request) => ({
    items: threadOf(people.find(request.params.id), outside).filter((entry) => entry.direction === 'in'),
  }));
  app.get<ById>('/control/customers/:id/thread', (request) => ({
    items: threadOf(people.find(request.params.id), outside),
  }));

  app.post<ById>('/control/customers/:id/dm', (request, reply) => {
    const person = people.find(request.params.id);
    const { text, attachment, to } = read(DmBody, request.body);
    const account = to === undefined ? people.care : people.careOf(to);
    if (!account) throw new Refusal(404, 'account.not_found', `no account ${to ?? ''} of ours`);
    const item = attachment ? media.take(attachment.contentType, bytesOf(attachment)) : null;
    const message = messages.add(person.twitterId, account.twitterId, text, item);
    courier.announce(message);
    return reply.code(201).send(dmShape(message, outside));
  });

  app.post<ById>('/control/customers/:id/email', async (request, reply) => {
    const person = people.find(request.params.id);
    const { attachments, ...draft } = read(EmailBody, request.body);
    const files = (attachments ?? []).map((file) => ({
      fileName: file.fileName,
      contentType: file.contentType,
      content: bytesOf(file),
    }));
    const mail = await postOffice.write(person, { ...draft, attachments: files });
    return reply.code(201).send(mailShape(mail));
  });

  app.get('/control/dms', () => ({ items: messages.all().map((message) => dmShape(message, outside)) }));
  app.get<ById>('/control/dms/:id/attachment', (request, reply) => {
    const item = messages.byId(request.params.id)?.media;
    if (!item) throw new Refusal(404, 'attachment.not_found', 'this message has no attachment');
    return reply.header('content-type', item.contentType).header('x-content-type-options', 'nosniff').send(item.bytes);
  });
}

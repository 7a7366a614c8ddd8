import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { mailShape } from '../mail/mails.js';
import { Deed } from '../manufacturer/deeds.js';
import { companyAddress, lettersOf } from '../manufacturer/letters.js';
import { TmfProblem } from '../manufacturer/problem.js';
import type { Ticket } from '../manufacturer/ticket.shape.js';
import { FactoryDay, GOOD_DAY } from '../manufacturer/weather.js';
import { Refusal } from '../refusal.js';
import { LetterBody, read } from './bodies.js';
import type { Outside } from './outside.js';

interface ById {
  Params: { id: string };
}

const Replay = z.strictObject({
  ticketId: z.string().optional(),
  copies: z.number().int().min(1).max(20).default(1),
  reversed: z.boolean().default(false),
});

/** Being the manufacturer: its tickets, what its people do with them, its bad days, and its mail. */
export function manufacturerRoutes(app: FastifyInstance, outside: Outside): void {
  const { manufacturer } = outside;
  const shape = (ticket: Ticket) => ({ ...ticket, href: manufacturer.hrefOf(ticket.id) });
  const refused = <T>(work: () => T): T => {
    try {
      return work();
    } catch (problem) {
      if (problem instanceof TmfProblem) throw new Refusal(problem.status, 'ticket.refused', problem.message);
      throw problem;
    }
  };

  app.get('/control/manufacturer', () => ({
    name: manufacturer.options.name,
    address: manufacturer.options.address,
    url: manufacturer.url,
    clientId: manufacturer.options.clientId,
    tokensIssued: manufacturer.clients.issued,
    listeners: manufacturer.hub.all(),
    weather: manufacturer.weather.today,
  }));
  app.get('/control/manufacturer/tickets', () => ({ items: manufacturer.tickets.all().toReversed().map(shape) }));
  app.get<ById>('/control/manufacturer/tickets/:id', (request) =>
    refused(() => shape(manufacturer.tickets.find(request.params.id))),
  );
  app.post<ById>('/control/manufacturer/tickets/:id/deeds', (request) => {
    const deed = read(Deed, request.body);
    return refused(() => shape(manufacturer.act(request.params.id, deed)));
  });
  dayRoutes(app, outside);
  letterRoutes(app, outside);
}

/** What its system told, and the day it has. */
function dayRoutes(app: FastifyInstance, { manufacturer }: Outside): void {
  app.get('/control/manufacturer/events', () => ({
    told: manufacturer.hub.told.map(({ body: _, ...notice }) => notice),
    sendings: manufacturer.hub.sendings,
  }));
  app.post('/control/manufacturer/replay', async (request) => ({
    statuses: await manufacturer.hub.replay(read(Replay, request.body ?? {})),
  }));
  app.post('/control/manufacturer/weather', (request) => {
    const before = manufacturer.weather.today.down;
    const day = manufacturer.weather.set(read(FactoryDay.partial(), request.body));
    if (before && !day.down) manufacturer.hub.resume();
    return day;
  });
  app.delete('/control/manufacturer/weather', () => {
    manufacturer.weather.set(GOOD_DAY);
    manufacturer.hub.resume();
    return manufacturer.weather.today;
  });
  app.post('/control/manufacturer/expire-tokens', () => ({ expired: manufacturer.clients.expire() }));
}

/** Mail that was written to companies, and their answers to it. */
function letterRoutes(app: FastifyInstance, outside: Outside): void {
  const { mails, postOffice, manufacturer } = outside;
  app.get<{ Querystring: { address?: string } }>('/control/manufacturer/mails', (request) => ({
    items: lettersOf(outside, request.query.address),
  }));
  app.post<ById>('/control/manufacturer/mails/:id/reply', async (request, reply) => {
    const answered = mails.byId(request.params.id);
    const address = answered && companyAddress(answered, outside);
    if (!answered?.messageId || address === undefined || answered.direction === 'out') {
      throw new Refusal(404, 'mail.not_found', `no mail ${request.params.id} to a company`);
    }
    const { text, attachments = [], quote, subject } = read(LetterBody, request.body);
    const displayName = address === manufacturer.options.address ? `${manufacturer.options.name} Service` : address;
    const mail = await postOffice.write(
      { displayName, email: address },
      {
        subject: subject ?? (/^re:/iu.test(answered.subject) ? answered.subject : `Re: ${answered.subject}`),
        text,
        quote,
        inReplyTo: answered.messageId,
        attachments: attachments.map(({ contentBase64, ...file }) => ({
          ...file,
          content: Buffer.from(contentBase64, 'base64'),
        })),
      },
    );
    return reply.code(201).send(mailShape(mail));
  });
}

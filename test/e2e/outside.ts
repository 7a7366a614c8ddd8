import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { KnobPatch, Knobs, Sandbox } from '../../apps/sandbox/src/index.js';
import { ask, type Answer } from './staff.js';

const Person = z.object({ id: z.string(), handle: z.string(), displayName: z.string(), email: z.string().nullable() });
export type Person = z.infer<typeof Person> & { email: string };

const Dm = z.object({
  id: z.string(),
  text: z.string(),
  conversationId: z.string(),
  from: z.object({ twitterId: z.string() }),
  to: z.object({ twitterId: z.string() }),
});
export type Dm = z.infer<typeof Dm>;

const Mail = z.object({
  id: z.string(),
  messageId: z.string().nullable(),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  from: z.string(),
  replyTo: z.string().nullable(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  sending: z.object({ state: z.string(), attempts: z.number(), response: z.string().nullable() }).nullish(),
});
export type Mail = z.infer<typeof Mail>;

const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

export interface FileToSend {
  fileName: string;
  contentType: string;
  contentBase64: string;
}

/** The people outside, and what reached them, through the sandbox's control API. */
export class Outside {
  constructor(private readonly sandbox: Pick<Sandbox, 'url'>) {}

  /** Somebody nobody has heard of, with an account on X, a mailbox and perhaps a telephone. */
  async newcomer(displayName = 'Lucía Ferrer', phone?: string): Promise<Person> {
    const tag = randomUUID().replaceAll('-', '').slice(0, 12);
    const body = { displayName, handle: `p_${tag}`, email: `p.${tag}@correo.test`, phone };
    const person = await this.call('POST', '/customers', Person, body);
    return { ...person, email: body.email };
  }

  writeDm(person: Person, text: string, attachment?: FileToSend): Promise<Dm> {
    return this.call('POST', `/customers/${person.id}/dm`, Dm, { text, attachment });
  }

  writeMail(
    person: Person,
    draft: { subject: string; text: string; html?: string; attachments?: FileToSend[]; inReplyTo?: string },
  ): Promise<Mail> {
    return this.call('POST', `/customers/${person.id}/email`, Mail, draft);
  }

  /** Bytes as they are, from nobody's mail program. */
  writeRawMail(raw: Buffer, from: string): Promise<Mail> {
    return this.call('POST', '/raw-mail', Mail, { from, rawBase64: raw.toString('base64') });
  }

  /** Direct messages this person received. */
  async dmsTo(person: Person): Promise<Dm[]> {
    const { items } = await this.call('GET', '/dms', list(Dm));
    return items.filter((dm) => dm.to.twitterId === person.id);
  }

  /** Mails this person received, oldest first. */
  async mailsTo(person: Person): Promise<Mail[]> {
    const { items } = await this.call('GET', '/mails', list(Mail));
    return items.filter((mail) => mail.to.includes(person.email));
  }

  async dms(): Promise<Dm[]> {
    return (await this.call('GET', '/dms', list(Dm))).items;
  }

  /** Every mail that came from the product. */
  async mails(): Promise<Mail[]> {
    return (await this.call('GET', '/mails', list(Mail))).items;
  }

  async accept(person: Person, acceptsDms: boolean): Promise<void> {
    await this.call('PATCH', `/customers/${person.id}`, Person, { acceptsDms });
  }

  async weather(knobs: z.input<typeof KnobPatch>): Promise<void> {
    await this.call('POST', '/knobs', z.custom<Knobs>(), knobs);
  }

  async fairWeather(): Promise<void> {
    await this.call('DELETE', '/knobs', z.custom<Knobs>());
  }

  /** The same webhook body so many times at once. */
  async redeliver(dmId: string, copies: number): Promise<(number | null)[]> {
    const schema = z.object({ statuses: z.array(z.number().nullable()) });
    return (await this.call('POST', '/webhooks/redeliver', schema, { dmId, copies })).statuses;
  }

  private async call<T extends z.ZodType>(
    method: string,
    path: string,
    schema: T,
    body?: unknown,
  ): Promise<z.output<T>> {
    const answer = await ask(`${this.sandbox.url}/control${path}`, { method, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.bytes.toString()}`);
    return schema.parse(answer.body);
  }
}

/** `x-twitter-webhooks-signature` of a body. */
export const signatureOf = (body: Buffer, secret = 'sandbox-consumer-secret'): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('base64')}`;

/** Knocks at the product's webhook with these bytes. */
export const knock = (url: string, body: Buffer, signature = signatureOf(body)): Promise<Answer> =>
  ask(`${url}/webhooks/twitter`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature },
  });

import { z } from 'zod';
import { createTransport } from 'nodemailer';
import { waitFor } from '../support/wait.js';
import type { FileToSend } from './outside.js';
import { ask } from './staff.js';
import type { World } from './world.js';

const Letter = z.object({
  id: z.string(),
  messageId: z.string().nullable(),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  direction: z.string(),
  from: z.string(),
  replyTo: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  attachments: z.array(z.object({ fileName: z.string(), size: z.number() })),
  buttons: z.array(z.object({ text: z.string(), href: z.string() })),
});
export type Letter = z.infer<typeof Letter>;

/** The mailbox of a company, and somebody who answers from it. */
export class CompanyMailbox {
  constructor(
    private readonly world: Pick<World, 'sandbox' | 'mailPort'>,
    readonly address: string,
  ) {}

  /** What reached it, oldest first. */
  async letters(): Promise<Letter[]> {
    const answer = await ask(`${this.world.sandbox.url}/control/manufacturer/mails?address=${this.address}`);
    return z
      .object({ items: z.array(Letter) })
      .parse(answer.body)
      .items.filter(({ direction }) => direction === 'in');
  }

  /** The newest that says this, once it is there. */
  letter(says: string | RegExp): Promise<Letter> {
    return waitFor(async () =>
      (await this.letters()).findLast(({ text }) => (typeof says === 'string' ? text.includes(says) : says.test(text))),
    );
  }

  /** Answers in words, with the mail below, as mail programs do. */
  async reply({ id }: Letter, text: string, attachments: FileToSend[] = []): Promise<void> {
    const answer = await ask(`${this.world.sandbox.url}/control/manufacturer/mails/${id}/reply`, {
      method: 'POST',
      body: { text, attachments },
    });
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.bytes.toString()}`);
  }

  /** A mail by hand. */
  async write(mail: {
    from?: string;
    to?: string;
    subject: string;
    text: string;
    messageId?: string;
    headers?: Record<string, string>;
    envelopeFrom?: string;
  }): Promise<void> {
    const transport = createTransport({ host: '127.0.0.1', port: this.world.mailPort });
    const { from = this.address, to = 'care@hilo.test', envelopeFrom = from, ...rest } = mail;
    await transport.sendMail({ ...rest, from, to, envelope: { from: envelopeFrom, to } });
    transport.close();
  }
}

import { randomUUID } from 'node:crypto';
import { type SendMailOptions, type Transporter, createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Person } from '../people.js';
import { Refusal } from '../refusal.js';
import { type Mail, type Mails, bracketed } from './mails.js';

export interface PostOfficeOptions {
  host: string;
  /** Where the product listens for mail. */
  port: number;
  /** The care address. */
  careAddress: string;
  /** Waits after a failed attempt; the last one is repeated until the sandbox stops. */
  retryDelaysMs: readonly number[];
}

export interface MailDraft {
  subject: string;
  text: string;
  html?: string | undefined;
  attachments?: { fileName: string; contentType: string; content: Buffer }[];
  /** Message-ID of the mail answered. */
  inReplyTo?: string | undefined;
  /** Otherwise the care address, or where the mail answered wants its answers. */
  to?: string | undefined;
  /** Put the answered mail's text below, as mail programs do. */
  quote?: boolean | undefined;
}

/** The customers' outgoing mail: written as mail programs write it, brought to the product over SMTP, tried until taken. */
export class PostOffice {
  private readonly transport: Transporter;
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopped = false;

  constructor(
    private readonly options: PostOfficeOptions,
    private readonly mails: Mails,
  ) {
    this.transport = createTransport({
      host: options.host,
      port: options.port,
      name: 'mail.correo.test',
      secure: false,
      ignoreTLS: true,
      pool: true,
      maxConnections: 8,
      maxMessages: Infinity,
      connectionTimeout: 5_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
    });
  }

  /** Writes and sends; resolves after the first attempt with what became of it. */
  async write(person: Pick<Person, 'displayName' | 'email'>, draft: MailDraft): Promise<Mail> {
    if (!person.email) throw new Refusal(409, 'customer.no_mailbox', `${person.displayName} has no email address`);
    const answered = draft.inReplyTo === undefined ? undefined : this.mails.byMessageId(draft.inReplyTo);
    if (draft.inReplyTo !== undefined && !answered) {
      throw new Refusal(404, 'mail.not_found', `no mail here has the Message-ID ${bracketed(draft.inReplyTo)}`);
    }
    const to =
      draft.to ?? answered?.replyTo ?? (answered?.direction === 'in' ? answered.from : this.options.careAddress);
    const domain = person.email.slice(person.email.lastIndexOf('@') + 1);
    const message: SendMailOptions = {
      from: { name: person.displayName, address: person.email },
      to,
      subject: draft.subject,
      text: answered && draft.quote ? `${draft.text}\n\n${quoted(answered)}` : draft.text,
      html: draft.html,
      messageId: `<${randomUUID()}@${domain}>`,
      date: new Date(),
      headers: { 'X-Mailer': 'Correo 7.2' },
      attachments: (draft.attachments ?? []).map(({ fileName, ...rest }) => ({ filename: fileName, ...rest })),
      ...(answered ? { inReplyTo: answered.messageId ?? undefined, references: thread(answered) } : {}),
    };
    const raw = await new MailComposer(message).compile().build();
    return this.post(raw, { from: person.email, to: bareAddresses(to) });
  }

  /** Bytes as they are, for what no mail program would write. */
  async post(raw: Buffer, envelope: { from: string; to: string[] }): Promise<Mail> {
    const mail = await this.mails.add(raw, envelope, 'out', { state: 'queued', attempts: 0, response: null });
    await this.attempt(mail);
    return mail;
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.transport.close();
  }

  private async attempt(mail: Mail): Promise<void> {
    const sending = mail.sending;
    if (!sending || this.stopped) return;
    sending.attempts += 1;
    try {
      const sent: unknown = await this.transport.sendMail({ envelope: mail.envelope, raw: mail.raw });
      sending.state = 'delivered';
      sending.response = textOf(sent, 'response');
    } catch (failure) {
      const code = Number(textOf(failure, 'responseCode') ?? 0);
      sending.state = code >= 500 ? 'refused' : 'queued';
      sending.response = failure instanceof Error ? failure.message : String(failure);
      if (sending.state === 'queued') this.again(mail, sending.attempts);
    }
    this.mails.changed(mail);
  }

  private again(mail: Mail, attempts: number): void {
    if (this.stopped) return;
    const delays = this.options.retryDelaysMs;
    const wait = delays[Math.min(attempts, delays.length) - 1] ?? 1000;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.attempt(mail);
    }, wait);
    this.timers.add(timer);
  }
}

function textOf(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null || !(name in value)) return null;
  const field = (value as Record<string, unknown>)[name];
  return field === undefined ? null : String(field);
}

const thread = (answered: Mail): string[] =>
  [...answered.references, answered.messageId ?? ''].filter((id) => id !== '');

const bareAddresses = (to: string): string[] =>
  to.split(',').map((one) => (/<([^>]+)>/.exec(one)?.[1] ?? one).trim().toLowerCase());

function quoted(answered: Mail): string {
  const when = new Intl.DateTimeFormat('es-ES', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Madrid' });
  const lines = answered.text
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`);
  return `El ${when.format(answered.at)}, ${answered.from} escribió:\n\n${lines.join('\n')}`;
}

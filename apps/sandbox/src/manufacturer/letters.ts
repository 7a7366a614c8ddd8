import { type Mail, mailShape } from '../mail/mails.js';
import type { Outside } from '../control/outside.js';

/** The mailboxes of companies: whatever was written to an address that is nobody's of the people here. */

const LINK = /<a\b[^>]*\bhref="([^"]+)"[^>]*>([\s\S]*?)<\/a>/giu;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/gu, (_all, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/gu, ' ')
    .trim();

/** The links of a mail, as one sees them: its buttons. */
const buttonsOf = ({ html }: Mail): { text: string; href: string }[] =>
  [...(html ?? '').matchAll(LINK)]
    .map(([, href = '', text = '']) => ({ text: plain(text), href: plain(href) }))
    .filter(({ href, text }) => /^https?:/u.test(href) && text !== '');

/** The company address a mail went to or came from; undefined where that is a person's, or one of the house itself. */
export function companyAddress(mail: Mail, { people, careAddress }: Outside): string | undefined {
  const house = careAddress.slice(careAddress.lastIndexOf('@'));
  const sides = mail.direction === 'in' ? mail.envelope.to : [mail.envelope.from];
  return sides.find((address) => address !== '' && !address.endsWith(house) && people.byEmail(address) === undefined);
}

/** Everything in the mailboxes of companies, oldest first: what was written to them, and what they answered. */
export function lettersOf(outside: Outside, address?: string) {
  const written = new Set<string>();
  return outside.mails.all().flatMap((mail) => {
    const mailbox = companyAddress(mail, outside);
    if (mailbox === undefined) return [];
    if (mail.direction === 'in') written.add(mailbox);
    const isTheirs = written.has(mailbox) && (address === undefined || mailbox === address.toLowerCase());
    return isTheirs ? [{ ...mailShape(mail), mailbox, buttons: buttonsOf(mail) }] : [];
  });
}

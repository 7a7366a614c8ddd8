import type { HandoffWord, PartnerTerms } from '#contracts';

interface Asked {
  word: HandoffWord;
  partner: { name: string; email: string | null; terms: Pick<PartnerTerms, 'ladder'> };
}

export interface Reader {
  name: string;
  email: string;
}

/** Whoever of theirs is written to because nobody answered, at the address that was agreed; null: nobody in particular. */
export function contactOf({ word, partner }: Asked): Reader | null {
  const asked = word.kind === 'nudged' ? word.to?.email?.toLowerCase() : undefined;
  const person = partner.terms.ladder.find(({ contact }) => asked && contact.email?.toLowerCase() === asked)?.contact;
  return person?.email ? { name: person.name, email: person.email } : null;
}

/** Whom a letter of this word goes to: that person, else their service. Null: no address is known. */
export const readerOf = (asked: Asked): Reader | null =>
  contactOf(asked) ?? (asked.partner.email ? { name: asked.partner.name, email: asked.partner.email } : null);

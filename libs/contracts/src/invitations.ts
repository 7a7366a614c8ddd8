import { z } from 'zod';
import { Id } from './primitives.js';
import type { Language } from './words.js';

/** Which public post is answered in public, by its entry. */
export const InvitationBody = z.object({ interactionId: Id });
export type InvitationBody = z.infer<typeof InvitationBody>;

/** Everybody can read it: nothing of the case stands in it. */
const WORDS: Record<Language, string> = {
  es: 'Hola, queremos ayudarte. Aquí nos lee todo el mundo: escríbenos por mensaje privado y lo vemos contigo.',
  en: 'Hi, we would like to help. Everybody can read this here: send us a direct message and we will look into it with you.',
};

/**
 * What is posted in answer to somebody who called us in public. It names them, as X wants it, so that no two are the same.
 * @param account user id of ours they are to write to
 */
export function invitationText(to: { handle: string | null; language: Language }, account: string): string {
  const link = `https://x.com/messages/compose?recipient_id=${account}`;
  return [to.handle === null ? '' : `@${to.handle}`, WORDS[to.language], link].filter(Boolean).join(' ');
}

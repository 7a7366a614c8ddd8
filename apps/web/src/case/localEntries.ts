import type { InteractionEntry, NoteEntry, SessionUser, Thread } from '#contracts';
import type { Draft } from './drafts.js';
import { localId } from './timeline.rules.js';

/** What was just written, as it will stand on the timeline, until the server's own entry takes its place. */

const authorOf = ({ id, displayName }: SessionUser) => ({ kind: 'agent' as const, id, displayName });

export const localReply = (key: string, draft: Draft, thread: Thread, me: SessionUser): InteractionEntry => {
  const at = new Date().toISOString();
  return {
    type: 'interaction',
    id: localId(key),
    at,
    channel: thread.channel,
    direction: 'outbound',
    author: authorOf(me),
    subject: null,
    text: draft.text,
    quoted: null,
    notices: [],
    hasOriginal: false,
    html: null,
    occurredAt: at,
    delivery: {
      state: 'held',
      reason: null,
      detail: null,
      dueAt: null,
      attempts: 0,
      sentAt: null,
      report: null,
      queue: null,
    },
    attachments: draft.attachments.map((file) => ({ ...file, inline: false })),
    externalId: null,
    messageId: null,
    public: null,
    matchedBy: null,
    review: null,
    automatic: false,
    automaticKind: null,
    sender: null,
    threadId: thread.id,
    address: thread.address,
    store: null,
    call: null,
    elsewhere: null,
  };
};

export const localNote = (key: string, draft: Draft, me: SessionUser): NoteEntry => ({
  type: 'note',
  id: localId(key),
  at: new Date().toISOString(),
  author: authorOf(me),
  text: draft.text,
  audience: 'internal',
});

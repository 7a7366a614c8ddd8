import type { CaseDetail, Channel, Thread, TimelineEntry } from '#contracts';

/** The ways to answer: which there are, which are open, and which were but are no more. */

/** Channels an answer can leave by. */
export const isReplyChannel = (channel: Channel): channel is 'twitter' | 'email' =>
  channel === 'twitter' || channel === 'email';

/**
 * A way nobody has used yet: a mail address on file without a thread. The server makes the thread with the first reply,
 * to the address noted last.
 */
const NEW = 'new-';
/** Whether a choice made earlier means this way; the thread of a new way has another id once it is made. */
export const isChosen = (path: Thread, chosenId: string | null): boolean =>
  chosenId !== null && (path.id === chosenId || `${NEW}${path.contactPointId}` === chosenId);

export const isNewPath = ({ id }: Pick<Thread, 'id'>): boolean => id.startsWith(NEW);

const newPathOf = ({ threads, contactPoints }: Pick<CaseDetail, 'threads' | 'contactPoints'>): Thread[] => {
  if (threads.some(({ channel }) => channel === 'email')) return [];
  const mail = contactPoints.findLast(({ kind }) => kind === 'email');
  if (!mail) return [];
  const { id, value, display } = mail;
  const address = value ?? display;
  return [
    {
      id: `${NEW}${id}`,
      channel: 'email',
      contactPointId: id,
      address,
      open: true,
      reason: null,
      lastInboundAt: null,
      limits: null,
    },
  ];
};

/** The ways to answer, the one the customer used last first, those that are open before those that are not. */
export const replyPaths = (detail: Pick<CaseDetail, 'threads' | 'contactPoints'>): Thread[] =>
  [...detail.threads.filter(({ channel }) => isReplyChannel(channel)), ...newPathOf(detail)].toSorted(
    (one, other) =>
      Number(other.open) - Number(one.open) || (other.lastInboundAt ?? '').localeCompare(one.lastInboundAt ?? ''),
  );

/** Whether the other side refused our last message by this thread, and has not written since. */
const refused = (thread: Thread, entries: readonly TimelineEntry[]): boolean => {
  const last = entries.findLast(
    (entry) =>
      entry.type === 'interaction' &&
      entry.threadId === thread.id &&
      (entry.direction === 'inbound' || entry.delivery?.state === 'sent' || entry.delivery?.state === 'failed'),
  );
  if (last?.type !== 'interaction' || last.delivery?.reason !== 'recipient.closed') return false;
  return last.at > (thread.lastInboundAt ?? '');
};

/** The threads as the timeline tells of them: one that was refused is closed until the customer writes again. */
export const threadsAsTold = (threads: readonly Thread[], entries: readonly TimelineEntry[]): Thread[] =>
  threads.map((thread) =>
    thread.open && refused(thread, entries) ? { ...thread, open: false, reason: 'recipient.closed' } : thread,
  );

/** The way chosen for this text, else the one the customer used last, when it is closed to us now. */
export const closedPath = (paths: readonly Thread[], chosenId: string | null): Thread | null => {
  const last = paths.toSorted((one, other) => (other.lastInboundAt ?? '').localeCompare(one.lastInboundAt ?? ''))[0];
  const usual = paths.find((path) => isChosen(path, chosenId)) ?? last;
  return usual && !usual.open && usual.lastInboundAt ? usual : null;
};

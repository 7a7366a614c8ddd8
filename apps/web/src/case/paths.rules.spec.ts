import type { CaseDetail, InteractionEntry, Thread } from '#contracts';
import { closedPath, isChosen, isNewPath, replyPaths, threadsAsTold } from './paths.rules.js';

const thread = (id: string, channel: Thread['channel'], lastInboundAt: string | null, open = true): Thread => ({
  ...{
    id,
    channel,
    contactPointId: `point-${id}`,
    address: `${id}@correo.test`,
    open,
    reason: null,
    lastInboundAt,
    limits: null,
  },
});
const onX = thread('x', 'twitter', '2026-11-18T09:00:00Z');
const byMail = thread('mail', 'email', '2026-11-17T09:00:00Z');
const point = (id: string, kind: 'email' | 'phone'): CaseDetail['contactPoints'][number] => ({
  ...{ id, kind, value: `${id}@correo.test`, handle: null, display: id, handles: [] },
});

type Told = Pick<InteractionEntry, 'type' | 'threadId' | 'direction' | 'at' | 'delivery'>;
const sent = (at: string, state: 'sent' | 'failed' | 'undone', reason: string | null = null) =>
  ({ type: 'interaction', threadId: 'x', direction: 'outbound', at, delivery: { state, reason } }) as Told;
const told = (...entries: Told[]) => threadsAsTold([onX], entries as InteractionEntry[])[0];
const AFTER = '2026-11-18T10:00:00Z';
const LATER = '2026-11-18T11:00:00Z';

describe('threadsAsTold', () => {
  it('closes a thread whose last message was refused', () => {
    expect(told(sent(AFTER, 'failed', 'recipient.closed'))).toMatchObject({ open: false, reason: 'recipient.closed' });
    expect(told(sent(AFTER, 'failed', 'recipient.closed'), sent(LATER, 'undone'))).toMatchObject({ open: false });
  });
  it('leaves it open when they wrote since, when a later one arrived, or when it failed for another reason', () => {
    expect(told(sent('2026-11-18T08:00:00Z', 'failed', 'recipient.closed'))).toBe(onX);
    expect(told(sent(AFTER, 'failed', 'recipient.closed'), sent(LATER, 'sent'))).toBe(onX);
    expect(told(sent(AFTER, 'failed', 'channel.refused'))).toBe(onX);
    expect(told()).toBe(onX);
  });
});

describe('replyPaths', () => {
  it('are the open ones first, the last used first among them; phones are no way to write', () => {
    const threads = [byMail, { ...onX, open: false }, thread('phone', 'phone', LATER)];
    expect(replyPaths({ threads, contactPoints: [] }).map(({ id }) => id)).toEqual(['mail', 'x']);
    expect(replyPaths({ threads: [byMail, onX], contactPoints: [] }).map(({ id }) => id)).toEqual(['x', 'mail']);
  });
  it('begin a thread with the address noted last, only where there is none', () => {
    const contactPoints = [point('old', 'email'), point('new', 'email'), point('call', 'phone')];
    const [, made] = replyPaths({ threads: [onX], contactPoints });
    expect(made).toMatchObject({ channel: 'email', address: 'new@correo.test', contactPointId: 'new', open: true });
    expect(made && isNewPath(made)).toBe(true);
    expect(replyPaths({ threads: [onX, byMail], contactPoints }).some(isNewPath)).toBe(false);
    // Chosen before it had a thread, it is still the choice afterwards.
    expect(isChosen({ ...byMail, contactPointId: 'new' }, made?.id ?? null)).toBe(true);
  });
});

describe('closedPath', () => {
  const closed = { ...onX, open: false };
  it('is the usual way when it is closed, or the one chosen', () => {
    expect(closedPath([byMail, closed], null)).toBe(closed);
    expect(closedPath([{ ...byMail, lastInboundAt: LATER }, closed], null)).toBeNull();
    expect(closedPath([{ ...byMail, lastInboundAt: LATER }, closed], 'x')).toBe(closed);
    expect(closedPath([byMail, closed], 'mail')).toBeNull();
  });
});

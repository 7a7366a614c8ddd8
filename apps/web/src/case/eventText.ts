import { useCallback, useMemo } from 'react';
import type { EventData, EventEntry, EventType } from '#contracts';
import { clockSentences } from '../clocks/clockEvents.js';
import { counterSentences } from '../counter/counterEvents.js';
import { custodySentences } from '../custody/custodyEvents.js';
import { deskSentences } from '../desk/deskEvents.js';
import { deviceSentences } from '../devices/deviceEvents.js';
import { escalationSentences } from '../escalations/escalationEvents.js';
import { useLanguage, useWords, type Key, type Translate } from '../i18n/Words.js';
import { goodwillSentences } from '../goodwill/goodwillEvents.js';
import { handoffSentences } from '../handoff/handoffEvents.js';
import { incidentSentences } from '../incident/incidentEvents.js';
import { loanSentences } from '../loaners/loanEvents.js';
import { matchSentences } from '../matching/matchEvents.js';
import { ownershipSentences } from '../ownership/ownershipEvents.js';
import { mergeReason } from '../merge/mergeReason.js';
import { repairSentences } from '../repairs/repairEvents.js';
import { storySentences } from '../story/storyEvents.js';
import { firstName } from './caseContext.js';
import type { Sentences } from './eventSentence.js';

/** The reference of a case the reader may not see. */
const UNTOLD = '…';

/** How each event reads. The payload is that of the event's own name (contracts, EVENTS). */
const sentences: Sentences = {
  'case.opened': ({ channel }, _author, t) => t('event.case.opened', { channel: t(`channel.${channel}`) }),
  'case.reopened': (_data, author, t, entry) =>
    entry.author.kind === 'agent' ? t('event.case.reopened', { author }) : t('event.case.reopened_alone'),
  'case.assigned': ({ assigneeId, assigneeName }, author, t, entry) => {
    if (!assigneeId) return t('event.case.unassigned', { author });
    if (assigneeId === entry.author.id) return t('event.case.taken', { author });
    return t('event.case.assigned', { author, assignee: assigneeName ?? '' });
  },
  'case.queued': ({ queueName }, _author, t) => t('event.case.queued', { queue: queueName }),
  'case.status_changed': ({ to, waitReason }, author, t) =>
    t('event.case.status_changed', {
      author,
      status: to === 'waiting' && waitReason ? t('wait.for', { reason: t(`wait.${waitReason}`) }) : t(`status.${to}`),
    }),
  'case.priority_changed': ({ to }, _author, t) => t('event.case.priority_changed', { priority: t(`priority.${to}`) }),
  'customer.merged': ({ side, displayName, otherReference, reason }, author, t) =>
    t(otherReference ? `event.customer.merged.${side}.case` : `event.customer.merged.${side}`, {
      author,
      name: displayName,
      reference: otherReference ?? UNTOLD,
      reason: mergeReason(reason, t),
    }),
  'case.merged': ({ side, otherReference, reason }, author, t) =>
    t(`event.case.merged.${side}`, { author, reference: otherReference ?? UNTOLD, reason }),
  'customer.unmerged': ({ displayName, entries }, author, t) =>
    t('event.customer.unmerged', { author, name: displayName, count: entries }),
  'case.unmerged': ({ otherReference }, author, t) =>
    t('event.case.unmerged', { author, reference: otherReference ?? UNTOLD }),
  'case.split_out': ({ displayName, toReference, problem, entries, reason }, author, t) =>
    t('event.case.split_out', {
      author,
      what: problem ? `«${problem}»` : t('merge.entries', { count: entries }),
      name: displayName,
      reference: toReference ?? UNTOLD,
      reason,
    }),
  'case.split_in': ({ displayName, fromReference, problem, entries, reason }, author, t) =>
    t('event.case.split_in', {
      author,
      what: problem ? `«${problem}»` : t('merge.entries', { count: entries }),
      name: displayName,
      reference: fromReference ?? UNTOLD,
      reason,
    }),
  'preferences.changed': ({ fields }, author, t) =>
    t('event.preferences.changed', {
      name: author,
      fields: fields.map((field) => t(`prefer.${field}` as Key)).join(', '),
    }),
  'impact.reported': ({ kinds }, _author, t) =>
    t('event.impact.reported', { list: kinds.map((kind) => t(`impact.${kind}`).toLocaleLowerCase()).join(', ') }),
  ...storySentences,
  ...clockSentences,
  ...counterSentences,
  ...incidentSentences,
  ...deskSentences,
  ...escalationSentences,
  ...loanSentences,
  ...matchSentences,
  ...repairSentences,
  ...custodySentences,
  'entry.moved_out': ({ toReference, reason }, author, t) =>
    t('event.entry.moved_out', { author, reference: toReference ?? UNTOLD, reason }),
  'entry.moved_in': ({ fromReference, reason }, author, t) =>
    t('event.entry.moved_in', { author, reference: fromReference ?? UNTOLD, reason }),
  'entry.original_read': (_data, author, t) => t('event.entry.original_read', { author }),
  'entry.review_dismissed': ({ caseReference }, author, t) =>
    t('event.entry.review_dismissed', { author, reference: caseReference ?? UNTOLD }),
  'link.issued': ({ sentTo }, author, t) =>
    t('event.link.issued', { author, to: sentTo ? t('event.link.issued.to', { display: sentTo }) : '' }),
  'link.opened': (_data, _author, t) => t('event.link.opened'),
  'link.revoked': (_data, author, t) => t('event.link.revoked', { author }),
  'code.presented': ({ storeName }, _author, t) => t('event.code.presented', { store: storeName }),
  'glass.broken': ({ reason }, author, t) => t('event.glass.broken', { author, reason }),
  'case.reached': ({ storeName }, author, t) => t('event.case.reached', { author, store: storeName }),
  'contact_point.added': ({ display }, _author, t) => t('event.contact_point.added', { display }),
  'contact_point.ended': ({ display }, _author, t) => t('event.contact_point.ended', { display }),
  'contact_point.shared': ({ display, shared }, _author, t) =>
    t(shared ? 'event.contact_point.shared' : 'event.contact_point.unshared', { display }),
  'contact_point.verified': ({ display }, author, t) => t('event.contact_point.verified', { author, display }),
  'contact_point.unproven': ({ display }, _author, t) => t('event.contact_point.unproven', { display }),
  'contact_point.shown': ({ display }, author, t) => t('event.contact_point.shown', { author, display }),
  'proof.given': ({ method }, _author, t) => t('event.proof.given', { how: t(`proof.method.${method}`) }),
  'proof.refused': (_data, author, t) => t('event.proof.refused', { author }),
  'contact_point.conflict': ({ display }, _author, t) => t('event.contact_point.conflict', { display }),
};

const sentenceOf = <T extends EventType>(
  of: Sentences,
  type: T,
  entry: EventEntry,
  author: string,
  t: Translate,
): string | undefined => of[type]?.(entry.data as EventData<T>, author, t, entry);

/** Entries this page has no words for, told once. */
const unread = new Set<string>();

/** The sentence of an event in the language of the interface. */
export const useEventText = (): ((entry: EventEntry) => string) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const all = useMemo(
    () => ({
      ...sentences,
      ...ownershipSentences(language),
      ...deviceSentences(language),
      ...goodwillSentences(language),
      ...handoffSentences(language),
    }),
    [language],
  );
  return useCallback(
    (entry) => {
      const author = entry.author.kind === 'system' ? t('event.system') : firstName(entry.author.displayName);
      try {
        return sentenceOf(all, entry.event as EventType, entry, author, t) ?? t('event.other');
      } catch (error) {
        // Of a newer server, or a mistake of ours: one line without its words, and not a case nobody can open.
        if (!unread.has(entry.id)) reportError(error);
        unread.add(entry.id);
        return t('event.other');
      }
    },
    [t, all],
  );
};

import { useQuery } from '@tanstack/react-query';
import type { Rung, RungWhen } from '#contracts';
import { peopleQuery } from '../api/queries.js';
import { queuesQuery } from '../dashboard/dashboardRequests.js';
import { useWords, type Key } from '../i18n/Words.js';
import { spanOf } from '../inbox/due.rules.js';

const MINUTE_MS = 60_000;

/** A rung in plain words: when it is reached, and what happens then. */
export const useRungWords = (): ((rung: Rung) => { when: string; does: string }) => {
  const { t, intl } = useWords();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const nameOf = (id: string) => people.find((person) => person.id === id)?.displayName ?? t('ladder.somebody');
  const span = (minutes: number) => {
    const { unit, ...values } = spanOf(minutes * MINUTE_MS);
    return t(`span.${unit}`, values);
  };
  const when = (at: RungWhen): string => {
    if ('share' in at) return t('ladder.when.share', { share: at.share });
    if ('elapsedMinutes' in at) return t('ladder.when.elapsed', { span: span(at.elapsedMinutes) });
    if ('unacknowledged' in at) return t('ladder.when.unacknowledged');
    return at.afterBreachMinutes === 0
      ? t('ladder.when.breach')
      : t('ladder.when.after_breach', { span: span(at.afterBreachMinutes) });
  };
  const told = (rung: Rung): string =>
    intl.formatList(
      rung.tell.map((whom) => (isAudience(whom) ? t(`ladder.tell.${whom}` satisfies Key) : nameOf(whom))),
      { type: 'conjunction' },
    );
  const does = (rung: Rung): string => {
    const { accountable, queueId, priority, acknowledgeMinutes } = rung;
    const parts = [
      rung.tell.length > 0 ? t('ladder.does.tell', { who: told(rung) }) : null,
      accountable === 'supervisor' ? t('ladder.does.supervisor') : null,
      accountable && accountable !== 'supervisor' ? t('ladder.does.person', { who: nameOf(accountable) }) : null,
      queueId ? t('ladder.does.queue', { queue: queues.find(({ id }) => id === queueId)?.name ?? '…' }) : null,
      priority ? t('ladder.does.priority', { priority: t(`priority.${priority}`).toLocaleLowerCase() }) : null,
      acknowledgeMinutes ? t('ladder.does.acknowledge', { span: span(acknowledgeMinutes) }) : null,
    ].filter((part) => part !== null);
    return parts.length > 0 ? intl.formatList(parts, { type: 'conjunction' }) : t('ladder.does.nothing');
  };
  return (rung) => ({ when: when(rung.when), does: does(rung) });
};

const AUDIENCES = ['owner', 'supervisors', 'admins', 'queue'] as const;
const isAudience = (whom: string): whom is (typeof AUDIENCES)[number] => AUDIENCES.some((each) => each === whom);

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, PhoneIncoming, PhoneOutgoing } from 'lucide-react';
import type { Caller } from '#contracts';
import { callerQuery } from '../api/queries.js';
import { Avatar } from '../app/Avatar.js';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import styles from './Calls.module.css';

const SHOWN_CALLS = 3;

const Recent = ({ calls }: Pick<Caller, 'calls'>) => {
  const { t, intl } = useWords();
  if (calls.length === 0) return null;
  return (
    <section className={styles.recent} aria-label={t('caller.recent')}>
      <h3>{t('caller.recent')}</h3>
      <ul>
        {calls.slice(0, SHOWN_CALLS).map(({ direction, outcome, startedAt }) => (
          <li key={startedAt}>
            {direction === 'inbound' ? (
              <PhoneIncoming size={13} aria-hidden />
            ) : (
              <PhoneOutgoing size={13} aria-hidden />
            )}
            <span>{t(`call.did.${direction}.${outcome}`)}</span>
            <time dateTime={startedAt}>{moment(intl, startedAt)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Who is behind a number, with their open case and their latest calls; says so when nobody is. */
export const CallerCard = ({ phone, onLeave }: { phone: string; onLeave?: () => void }) => {
  const { t, intl } = useWords();
  const caller = useQuery(callerQuery(phone));
  if (caller.isError) return <p className={styles.quiet}>{t('caller.failed')}</p>;
  if (!caller.data) return caller.isFetching ? <p className={styles.quiet}>{t('caller.looking')}</p> : null;
  const { customer, openCase, calls, sharedBy = [] } = caller.data;
  return (
    <div className={styles.caller} role="group" aria-label={customer?.displayName ?? t('caller.unknown')}>
      <div className={styles.who}>
        {customer ? <Avatar name={customer.displayName} size={28} /> : null}
        <div>
          <b>{customer?.displayName ?? t('caller.unknown')}</b>
          <small>
            {openCase
              ? `${openCase.reference} · ${t(`status.${openCase.status}`)} · ${openCase.problem || t('queue.no_problem')}`
              : customer
                ? t('caller.no_case')
                : caller.data.phone}
          </small>
          {sharedBy.length > 0 ? (
            <small>
              {t('caller.shared', { names: intl.formatList(sharedBy.map(({ displayName }) => displayName)) })}
            </small>
          ) : null}
        </div>
        {openCase ? (
          <Link
            to="/cases/$reference"
            params={{ reference: openCase.reference }}
            className={styles.open}
            onClick={onLeave}
          >
            {t('caller.open')} <ArrowRight size={14} aria-hidden />
          </Link>
        ) : null}
      </div>
      <Recent calls={calls} />
    </div>
  );
};

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { HandedBack } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { moment } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { awayQuery } from './awayRequests.js';
import styles from './Away.module.css';

const Became = ({ item, onClose }: { item: HandedBack; onClose: () => void }) => {
  const { t } = useWords();
  const { reference, customer, problem, status, assignee, queue, entries } = item;
  return (
    <li>
      <Link to="/cases/$reference" params={{ reference }} search={{ view: 'next' }} onClick={onClose}>
        <span className={styles.words}>
          <b>{customer}</b> <small>{reference}</small>
          <span>{problem ?? t(`status.${status}`)}</span>
        </span>
        <span className={styles.why}>
          <span>{assignee ? t('returned.has', { name: assignee.displayName }) : t('returned.waits', { queue })}</span>
          <small>
            {t(`status.${status}`)} · {t('returned.entries', { count: entries })}
          </small>
        </span>
      </Link>
    </li>
  );
};

/** What was handed back when I was away last, and what happened to it meanwhile. */
export default function ReturnedDialog({ onClose }: { onClose: () => void }) {
  const { t, intl } = useWords();
  const last = useQuery(awayQuery()).data?.last;
  return (
    <Dialog title={t('returned.title')} size={560} onClose={onClose}>
      {last ? (
        <p className={forms.lead}>{t('returned.lead', { since: moment(intl, last.since), reason: last.reason })}</p>
      ) : null}
      <ul className={styles.cases}>
        {last?.handedBack.map((item) => (
          <Became key={item.id} item={item} onClose={onClose} />
        ))}
      </ul>
    </Dialog>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BenefitMessage } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { Trouble } from '../app/Trouble.js';
import { moment } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { messagesQuery, replayMessage } from './goodwillRequests.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';
import styles from './Goodwill.module.css';

const Row = ({ message }: { message: BenefitMessage }) => {
  const { t, intl } = useWords();
  const { run, busy } = useGoodwillDeed();
  const { id, system, type, state, attempts, lastError, lastStatus, createdAt } = message;
  return (
    <tr>
      <td>{moment(intl, createdAt)}</td>
      <td>
        <Link to="/cases/$reference" params={{ reference: message.case.reference }} search={{ view: 'open' }}>
          {message.case.reference}
        </Link>
      </td>
      <td>
        {t(`goodwill.system.${system}`)} <small className={styles.why}>{type}</small>
      </td>
      <td>
        {t(`goodwill.message.${state}`)}{' '}
        <small className={styles.why}>
          {[t('goodwill.message.tries', { count: attempts }), lastStatus, lastError].filter(Boolean).join(' · ')}
        </small>
      </td>
      <td>
        {state === 'dead' ? (
          <Button size="xs" loading={busy} onClick={() => void run(() => replayMessage(id), false)}>
            {t('goodwill.message.replay')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
};

/** What other systems were told, and what got stuck. */
export const Messages = () => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(messagesQuery);
  if (isError && !data) return <Trouble what={t('goodwill.messages')} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Bone width="60%" />;
  return (
    <section className={styles.scroll} tabIndex={0} aria-label={t('goodwill.messages')}>
      <p className={styles.lead}>{t('goodwill.messages.lead')}</p>
      {data.url === null ? <p role="status">{t('goodwill.messages.nowhere')}</p> : null}
      {data.items.length === 0 ? (
        <Empty title={t('goodwill.messages.none')} lead={t('goodwill.messages.lead')} />
      ) : (
        <table className={styles.table}>
          <tbody>
            {data.items.map((message) => (
              <Row key={message.id} message={message} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

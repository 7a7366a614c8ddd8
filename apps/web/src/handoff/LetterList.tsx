import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LetterMail, LetterReason, type DeadLetterRow } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Confirm } from '../app/Confirm.js';
import { Empty } from '../app/Empty.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { lettersQuery, settleLetter } from './handoffRequests.js';
import { useHandoffDeed } from './useHandoffDeed.js';
import styles from './HandoffsPage.module.css';

/** What came, as it came. */
const wordsOf = (raw: unknown): string => (typeof raw === 'string' ? raw : JSON.stringify(raw, null, 2));

/** A mail as one reads it: who wrote, about what, what. */
const Mail = ({ raw }: { raw: unknown }) => {
  const { data } = LetterMail.safeParse(raw);
  return data ? (
    <blockquote className={styles.mail}>
      <small>{[data.sender.name, data.sender.address].filter(Boolean).join(' · ')}</small>
      <b>{data.subject}</b>
      <p>{data.text}</p>
    </blockquote>
  ) : null;
};

const Letter = ({ letter }: { letter: DeadLetterRow }) => {
  const { t, intl } = useWords();
  const { run, settled, busy, problem } = useHandoffDeed();
  const [asking, setAsking] = useState(false);
  const { id, way, partner, gateway, raw, error, receivedAt } = letter;
  const reason = LetterReason.safeParse(error).data;
  return (
    <li className={styles.letter}>
      <header>
        <b>{partner?.name ?? t('handoffs.letter.stranger')}</b>
        <small title={whole(intl, receivedAt)}>
          {t(`handoffs.gateway.${gateway}`)} · {moment(intl, receivedAt)}
        </small>
        <span className={styles.deeds}>
          <Button size="xs" loading={busy} onClick={() => void run(() => settleLetter(id, 'taken'))}>
            {t(way === 'out' ? 'handoffs.letter.tell' : 'handoffs.letter.again')}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setAsking(true)}>
            {t('handoffs.letter.drop')}
          </Button>
        </span>
      </header>
      <p>
        {reason
          ? t(`handoffs.letter.${reason}`)
          : t(way === 'out' ? 'handoffs.letter.untold' : 'handoffs.letter.why', { error })}
      </p>
      <Mail raw={raw} />
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
      <details>
        <summary>{t('handoffs.letter.whole')}</summary>
        <pre tabIndex={0}>{wordsOf(raw)}</pre>
      </details>
      {asking ? (
        <Confirm
          title={t('handoffs.letter.drop')}
          lead={t('handoffs.letter.drop.lead')}
          deed={t('handoffs.letter.drop')}
          onClose={() => setAsking(false)}
          run={async () => settled(await settleLetter(id, 'dropped'))}
        />
      ) : null}
    </li>
  );
};

/** What came from partners and could not be taken: whole, to be read again once what was wrong is mended. */
export const LetterList = () => {
  const { t } = useWords();
  const query = useInfiniteQuery(lettersQuery);
  const letters = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isPending)
    return (
      <div className={styles.bones} role="status" aria-label={t('app.loading')}>
        <Bone width="70%" height={14} />
        <Bone width="50%" height={14} />
      </div>
    );
  if (query.isError && letters.length === 0)
    return <Trouble what={t('handoffs.letters.unread')} error={query.error} onRetry={() => void query.refetch()} />;
  if (letters.length === 0)
    return <Empty title={t('handoffs.empty.letters')} lead={t('handoffs.empty.letters.lead')} />;
  return (
    <>
      <ul className={styles.letters}>
        {letters.map((letter) => (
          <Letter key={letter.id} letter={letter} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} my={16}>
          {t('rejects.more')}
        </Button>
      ) : null}
    </>
  );
};

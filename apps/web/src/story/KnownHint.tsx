import { Button } from '@mantine/core';
import { BookmarkCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { askedFor, type AskedFact, type CaseDetail } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { toldAgain } from './requests.js';
import { heldFacts } from './story.rules.js';
import { useStoryDeed } from './useStoryDeed.js';
import styles from './Hint.module.css';

interface Props {
  detail: CaseDetail;
  /** What is being written to the customer. */
  text: string;
  onInsert: (text: string) => void;
}

/** Somebody is about to ask for what we hold: it is shown, and asking all the same is written down. */
export const KnownHint = ({ detail, text, onInsert }: Props) => {
  const { t } = useWords();
  const { run, busy } = useStoryDeed(detail);
  const [settled, setSettled] = useState<ReadonlySet<AskedFact>>(new Set());
  const held = useMemo(() => heldFacts(detail), [detail]);
  const asked = useMemo(() => askedFor(text), [text]);
  const fact = asked.find((one) => held[one] !== undefined && !settled.has(one));
  if (!fact) return null;
  const value = held[fact] ?? '';
  const settle = () => setSettled(new Set([...settled, fact]));
  const askAnyway = async () => {
    if (await run(() => toldAgain(detail.id, { source: 'agent_asked', asked: [fact] }))) settle();
  };
  return (
    <div className={styles.hint} role="status" aria-label={t('known.label')}>
      <BookmarkCheck size={16} aria-hidden />
      <span>
        {t('known.lead', { fact: t(`known.${fact}`) })} <b>{value}</b>
      </span>
      <Button
        size="xs"
        onClick={() => {
          settle();
          onInsert(value);
        }}
      >
        {t('known.insert')}
      </Button>
      <button type="button" disabled={busy} onClick={() => void askAnyway()}>
        {t('known.ask')}
      </button>
    </div>
  );
};

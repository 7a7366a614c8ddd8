import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronUp, Users } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import type { CaseDetail, Suggestion } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { useDesk } from '../inbox/deskContext.js';
import { Comparisons } from './Comparisons.js';
import { ToldApart } from './ToldApart.js';
import { suggestionsOfCase } from './suggestionRequests.js';
import { rulesText, sidesFor } from './suggestionWords.js';
import { useDecision } from './useDecision.js';
import styles from './Matching.module.css';

const SuggestionDialog = lazy(() => import('./SuggestionDialog.js'));

/** Above the story while the record may be of somebody else's person: why, and the two ways to decide. */
export const SuggestionBanner = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const items = useQuery(suggestionsOfCase(detail.id, detail.version)).data?.items ?? [];
  const { busy, told, dismiss, reopen } = useDecision();
  const open = items.filter(({ state }) => state === 'open');
  const [first] = open;
  const justTold = told && items.some(({ id, state }) => id === told.id && state === 'dismissed') ? told : null;
  return (
    <div role="status" aria-label={t('suggestion.label')} className={styles.place}>
      {justTold ? (
        <ToldApart
          name={sidesFor(justTold, detail.customer.id).other.displayName}
          busy={busy}
          onUndo={() => void reopen(justTold)}
        />
      ) : null}
      {first && !justTold ? (
        <Question
          key={first.id}
          suggestion={first}
          more={open.length - 1}
          customerId={detail.customer.id}
          busy={busy}
          onApart={() => void dismiss(first)}
        />
      ) : null}
    </div>
  );
};

interface QuestionProps {
  suggestion: Suggestion;
  more: number;
  customerId: string;
  busy: boolean;
  onApart: () => void;
}

const Question = ({ suggestion, more, customerId, busy, onApart }: QuestionProps) => {
  const { t } = useWords();
  const { view } = useDesk();
  const may = useMay();
  const roomy = useMediaQuery('(min-width: 1024px) and (min-height: 700px)', true, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState<boolean | null>(null);
  const [merging, setMerging] = useState(false);
  const table = useId();
  const shown = chosen ?? roomy;
  const { here, other, hereIs } = sidesFor(suggestion, customerId);
  const both = { one: here.displayName, other: other.displayName };
  return (
    <section className={styles.banner} aria-label={t('suggestion.title', { name: other.displayName })}>
      <div className={styles.head}>
        <Users size={16} aria-hidden />
        <div className={styles.words}>
          <h2>
            {t('suggestion.title', { name: other.displayName })}{' '}
            {other.case ? (
              <Link to="/cases/$reference" params={{ reference: other.case.reference }} search={{ view }}>
                {other.case.reference}
              </Link>
            ) : null}{' '}
            {more > 0 ? <small>{t('suggestion.more', { count: more })}</small> : null}
          </h2>
          <p>{rulesText(suggestion.rules, t)}</p>
        </div>
        <div className={styles.deeds}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={shown}
            aria-controls={table}
            onClick={() => setChosen(!shown)}
          >
            {t('suggestion.compare')}{' '}
            {shown ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
          </button>
          {may('customer.merge') ? (
            <>
              <Button size="xs" loading={busy} aria-label={t('suggestion.apart_of', both)} onClick={onApart}>
                {t('suggestion.apart')}
              </Button>
              <Button
                size="xs"
                variant="filled"
                aria-label={t('suggestion.merge_of', both)}
                onClick={() => setMerging(true)}
              >
                {t('suggestion.merge')}
              </Button>
            </>
          ) : null}
        </div>
      </div>
      <div id={table} className={styles.fold} hidden={!shown}>
        <Comparisons
          comparisons={suggestion.comparisons}
          hereIs={hereIs}
          here={here.displayName}
          other={other.displayName}
        />
      </div>
      <Suspense fallback={null}>
        {merging ? <SuggestionDialog suggestion={suggestion} onClose={() => setMerging(false)} /> : null}
      </Suspense>
    </section>
  );
};

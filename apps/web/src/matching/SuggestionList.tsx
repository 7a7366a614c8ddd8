import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { SuggestedPerson, Suggestion } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { MessageList } from '../rejects/MessageList.js';
import rejects from '../rejects/RejectsPage.module.css';
import { suggestionsQuery } from './suggestionRequests.js';
import { rulesText } from './suggestionWords.js';
import { ToldApart } from './ToldApart.js';
import { useDecision } from './useDecision.js';
import styles from './Matching.module.css';

const SuggestionDialog = lazy(() => import('./SuggestionDialog.js'));

const Person = ({ person }: { person: SuggestedPerson }) => {
  const { t } = useWords();
  return (
    <span>
      <b>{person.displayName}</b>{' '}
      {person.case ? (
        <Link
          to="/cases/$reference"
          params={{ reference: person.case.reference }}
          search={{ view: 'open' }}
          aria-label={t('suggestion.open_case_of', { name: person.displayName })}
        >
          {person.case.reference}
        </Link>
      ) : null}
    </span>
  );
};

interface RowProps {
  suggestion: Suggestion;
  busy: boolean;
  onApart: () => void;
}

/** Two records that may be of one person, and the ways to decide. */
const SuggestionRow = ({ suggestion, busy, onApart }: RowProps) => {
  const { t, intl } = useWords();
  const [merging, setMerging] = useState(false);
  const { newcomer, known, rules, comparisons, askedAt } = suggestion;
  const both = { one: newcomer.displayName, other: known.displayName };
  const pieces = comparisons.filter(({ verdict }) => verdict === 'same' || verdict === 'alike');
  return (
    <tr>
      <td className={rejects.when}>
        <time dateTime={askedAt} title={whole(intl, askedAt)}>
          {moment(intl, askedAt)}
        </time>
      </td>
      <td className={rejects.what}>
        <div className={styles.two}>
          <Person person={newcomer} />
          <Person person={known} />
        </div>
      </td>
      <td className={rejects.why}>
        <span className={styles.reasons}>{rulesText(rules, t)}</span>
        <small>
          {pieces
            .map(({ attribute, newcomer: said }) => `${t(`suggestion.attribute.${attribute}`)} ${said ?? ''}`)
            .join(' · ')}
        </small>
      </td>
      <td className={rejects.deed}>
        <div>
          <Button
            size="xs"
            variant="subtle"
            loading={busy}
            aria-label={t('suggestion.apart_of', both)}
            onClick={onApart}
          >
            {t('suggestion.apart')}
          </Button>
          <Button size="xs" aria-label={t('suggestion.merge_of', both)} onClick={() => setMerging(true)}>
            {t('suggestion.merge')}
          </Button>
        </div>
        <Suspense fallback={null}>
          {merging ? <SuggestionDialog suggestion={suggestion} onClose={() => setMerging(false)} /> : null}
        </Suspense>
      </td>
    </tr>
  );
};

/** Everything that is open, those asked last first. */
export const SuggestionList = () => {
  const { t } = useWords();
  const { busy, told, dismiss, reopen } = useDecision();
  return (
    <>
      <div role="status" aria-label={t('suggestion.list.decided')} className={styles.place}>
        {told ? <ToldApart name={told.known.displayName} busy={busy} onUndo={() => void reopen(told)} /> : null}
      </div>
      <MessageList
        query={useInfiniteQuery(suggestionsQuery)}
        failed={t('suggestion.list.error')}
        empty={{ title: t('suggestion.list.empty'), lead: t('suggestion.list.empty.lead') }}
        who={t('suggestion.list.people')}
        row={(suggestion) => (
          <SuggestionRow
            key={suggestion.id}
            suggestion={suggestion}
            busy={busy}
            onApart={() => void dismiss(suggestion)}
          />
        )}
      />
    </>
  );
};

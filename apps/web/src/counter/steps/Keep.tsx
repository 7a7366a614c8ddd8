import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { IntakePath } from '#contracts';
import { Trouble } from '../../app/Trouble.js';
import { useLanguage, useWords } from '../../i18n/Words.js';
import { useField, useFiles, useKeeper, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import { cardsOf, loanerSettingsQuery, nearbyOf, offersQuery, shelfQuery } from '../loaners.js';
import { Line } from '../pieces/Line.js';
import pieces from '../pieces/Pieces.module.css';
import { Seg } from '../pieces/Seg.js';
import { useIsCaseUnread } from '../who/useKnownCase.js';
import { Lent } from './Lent.js';
import { withoutLoaner } from './loaner.rules.js';
import { LoanerCards } from './LoanerCards.js';
import { RELIEVES } from './relieves.js';
import { StepTitle } from './StepTitle.js';
import styles from '../Counter.module.css';

const OUTCOMES = ['accepted', 'declined', 'none_available', 'not_eligible'] as const;
const DECLINED = ['has_other', 'short', 'data_worry'] as const;

/** Step 4: nobody leaves without it being decided whether they can call. */
export const Keep = ({ storeId, onNext }: { storeId: string; onNext: () => void }) => {
  const { t } = useWords();
  const keeper = useKeeper();
  const { name, detail } = useWho();
  const { language } = useLanguage();
  const values = useValues();
  const [outcome, write] = useField('keep.outcome');
  const [reason, writeReason] = useField('keep.reason');
  const [rule, writeRule] = useField('keep.rule');
  const chosen = values['keep.loanerId'];
  const files = useFiles('keep.photoIds');
  const shelf = useQuery(shelfQuery(storeId));
  const offers = useQuery(offersQuery(detail?.id, storeId));
  const isUnread = useIsCaseUnread(values['who.caseReference']);
  const rules = useQuery(loanerSettingsQuery).data?.rules.filter(({ active }) => active) ?? [];
  const cards = cardsOf(shelf.data, offers.data, values['who.caseReference']);
  const against = offers.data?.against ?? [];

  // What was set aside for them is what they came for: it is chosen, and can be chosen otherwise.
  const offer = useEffectEvent((id: string | null) => {
    if (outcome !== undefined) return;
    if (id === null && hasOurs) {
      write('declined');
      return writeReason(t('keep.declined.has_ours'));
    }
    if (id === null) return write('none_available');
    keeper.write('keep.outcome', 'accepted');
    keeper.write('keep.loanerId', id);
    keeper.write('keep.relieves', [...RELIEVES]);
  });
  const asideId = cards.find(({ theirs }) => theirs)?.id;
  // One of ours is with them already: nothing was lacking, whatever stands on the shelf.
  const hasOurs = detail?.loans.some(({ state }) => state === 'active') ?? false;
  // Nothing on the shelf is no guess: it is what the pool says. It can be said otherwise.
  const isEmpty = shelf.isSuccess && !offers.isLoading && !isUnread && cards.length === 0;
  useEffect(() => {
    if (asideId) offer(asideId);
    else if (isEmpty || hasOurs) offer(null);
  }, [asideId, isEmpty, hasOurs]);

  const forgetLoaner = () => {
    for (const [path, value] of Object.entries(withoutLoaner(values))) keeper.write(path as IntakePath, value);
    for (const { id } of files) void keeper.removeFile(id);
  };
  const choose = (value: (typeof OUTCOMES)[number]) => {
    write(value);
    if (value === 'accepted' && values['keep.relieves'] === undefined) keeper.write('keep.relieves', [...RELIEVES]);
    if (value === 'accepted') return;
    if (chosen) keeper.write('keep.loanerId', null);
    forgetLoaner();
  };
  const take = (id: string) => {
    choose('accepted');
    if (chosen !== id) forgetLoaner();
    keeper.write('keep.loanerId', id);
  };
  return (
    <>
      <StepTitle title={t('keep.title')} lead={t('keep.lead', { name: name ?? t('counter.somebody') })} />
      {shelf.isError ? (
        <Trouble what={t('keep.error')} error={shelf.error} onRetry={() => void shelf.refetch()} />
      ) : null}
      {against.map(({ code, text }) => (
        <p key={code} className={styles.missing} role="status">
          {text[language]}
        </p>
      ))}
      <Seg
        legend={t('keep.decision')}
        quiet
        value={outcome}
        choices={OUTCOMES.map((value) => ({ value, words: t(`keep.${value}`) }))}
        onChange={choose}
      />
      {outcome === undefined || outcome === 'accepted' ? (
        <LoanerCards cards={cards} nearby={nearbyOf(offers.data, storeId)} chosen={chosen} onChoose={take} />
      ) : null}
      {outcome === 'accepted' && chosen ? (
        <Lent key={chosen} note={cards.find(({ id }) => id === chosen)?.note ?? null} onNext={onNext} />
      ) : null}
      {outcome === 'declined' ? (
        <div className={styles.stack}>
          <Line path="keep.reason" label={t('keep.why_not')} maxLength={500} />
          {reason ? null : (
            <div className={pieces.reasons}>
              {DECLINED.map((why) => (
                <button key={why} type="button" onClick={() => writeReason(t(`keep.declined.${why}`))}>
                  {t(`keep.declined.${why}`)}
                </button>
              ))}
            </div>
          )}
        </div>
      ) : null}
      {outcome === 'not_eligible' ? (
        <Seg
          legend={t('keep.rule')}
          value={rule}
          choices={rules.map(({ code, text }) => ({ value: code, words: text[language] }))}
          onChange={writeRule}
        />
      ) : null}
      {outcome === 'none_available' ? <p className={styles.lead}>{t('keep.none.lead')}</p> : null}
    </>
  );
};

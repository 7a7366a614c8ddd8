import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, LoanDecisionBody, LoanerOs, LoanerSim, LoanOutcome } from '#contracts';
import { storesQuery } from '../api/queries.js';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useUser } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { decideLoan, loanerSettingsQuery, offersQuery } from './loanerRequests.js';
import { Shelves } from './Shelves.js';
import { useLoanDeed } from './useLoanDeed.js';
import styles from './Loans.module.css';

const OUTCOMES: readonly LoanOutcome[] = ['accepted', 'offered', 'declined', 'none_available', 'not_eligible'];
const SYSTEMS: readonly LoanerOs[] = ['android', 'ios', 'other'];
const SIMS: readonly LoanerSim[] = ['nano', 'esim'];

interface Wish {
  os: LoanerOs | undefined;
  sim: LoanerSim | undefined;
}

const WishFields = ({ wish, onWish }: { wish: Wish; onWish: (wish: Wish) => void }) => {
  const { t } = useWords();
  const picked = <T extends string>(options: readonly T[], value: string): T | undefined =>
    options.find((each) => each === value);
  return (
    <div className={forms.two}>
      <label className={forms.field}>
        <span>{t('loan.wish.sim')}</span>
        <select
          value={wish.sim ?? ''}
          onChange={({ currentTarget }) => onWish({ ...wish, sim: picked(SIMS, currentTarget.value) })}
        >
          <option value="">{t('loan.wish.unknown')}</option>
          {SIMS.map((sim) => (
            <option key={sim} value={sim}>
              {t(`loaner.sim.${sim}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('loan.wish.os')}</span>
        <select
          value={wish.os ?? ''}
          onChange={({ currentTarget }) => onWish({ ...wish, os: picked(SYSTEMS, currentTarget.value) })}
        >
          <option value="">{t('loan.wish.unknown')}</option>
          {SYSTEMS.map((os) => (
            <option key={os} value={os}>
              {t(`loaner.os.${os}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};

/** Which rule of the house speaks against it. */
const RuleField = ({ rule, onRule }: { rule: string; onRule: (rule: string) => void }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const rules = useQuery(loanerSettingsQuery).data?.rules.filter(({ active }) => active) ?? [];
  return (
    <label className={forms.field}>
      <span>{t('loan.rule')}</span>
      <select value={rule} onChange={({ currentTarget }) => onRule(currentTarget.value)}>
        <option value="">{t('loan.rule.choose')}</option>
        {rules.map(({ code, text }) => (
          <option key={code} value={code}>
            {text[language]}
          </option>
        ))}
      </select>
    </label>
  );
};

/** Whether the customer is lent a phone: whatever is decided is written down, and what they take is kept for them. */
export default function DecideDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t } = useWords();
  const { language } = useLanguage();
  const me = useUser();
  const { run, busy, problem } = useLoanDeed();
  const [key] = useState(newKey);
  const [outcome, setOutcome] = useState<LoanOutcome>('accepted');
  const [chosen, setChosen] = useState<{ storeId: string; modelId: string } | null>(null);
  const [wish, setWish] = useState<Wish>({ os: undefined, sim: undefined });
  const [reason, setReason] = useState('');
  const [rule, setRule] = useState('');
  const { data: offers } = useQuery(offersQuery(detail.id, wish));
  const stores = useQuery(storesQuery).data?.items ?? [];
  const [at, setAt] = useState(me.storeId ?? '');
  const storeId = (outcome === 'accepted' ? chosen?.storeId : at) || offers?.stores[0]?.store.id || '';
  const ready =
    (outcome !== 'accepted' || chosen !== null) &&
    (outcome !== 'declined' || reason.trim() !== '') &&
    (outcome !== 'not_eligible' || rule !== '');
  const save = async () => {
    const body: LoanDecisionBody = {
      ...{ outcome, storeId, reason: reason.trim() || undefined },
      ...(outcome === 'accepted' && chosen ? { modelId: chosen.modelId } : {}),
      ...(outcome === 'not_eligible' ? { rule } : {}),
    };
    if (await run(() => decideLoan(detail.id, body, key))) onClose();
  };
  return (
    <FormDialog
      title={t('loan.decide')}
      size={620}
      deed={t(outcome === 'accepted' ? 'loan.keep' : 'loan.write_down')}
      busy={busy}
      problem={problem}
      disabled={!ready || storeId === ''}
      onClose={onClose}
      onSubmit={save}
    >
      <Choices
        legend={t('loan.outcome')}
        name="outcome"
        value={outcome}
        choices={OUTCOMES.map((value) => ({ value, words: t(`loan.answer.${value}`) }))}
        onChange={setOutcome}
      />
      {offers?.against.map(({ code, text }) => (
        <p key={code} className={styles.against} role="note">
          {t('loan.against', { rule: text[language] })}
        </p>
      ))}
      {outcome === 'accepted' ? (
        <>
          <WishFields wish={wish} onWish={setWish} />
          <Shelves offers={offers} chosen={chosen} onChoose={setChosen} />
        </>
      ) : (
        <label className={forms.field}>
          <span>{t('loan.store')}</span>
          <select value={storeId} onChange={({ currentTarget }) => setAt(currentTarget.value)}>
            {stores.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {outcome === 'not_eligible' ? <RuleField rule={rule} onRule={setRule} /> : null}
      <label className={forms.field}>
        <span>{t(outcome === 'declined' ? 'loan.reason' : 'loan.reason.optional')}</span>
        <input value={reason} maxLength={500} onChange={({ currentTarget }) => setReason(currentTarget.value)} />
      </label>
    </FormDialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isLacking, LoanerAccessory, LoanerGrade, type CaseDetail, type ImpactKind, type Loan } from '#contracts';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { boardQuery, keepPicture, lend, loanerSettingsQuery, swapLoan, takeBack } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import { PhotoField } from './PhotoField.js';
import { SignatureField } from './SignatureField.js';
import { useLoanDeed } from './useLoanDeed.js';
import styles from './Loans.module.css';

interface Props {
  deed: 'lend' | 'take-back' | 'swap';
  loan: Loan;
  detail: CaseDetail;
  onClose: () => void;
}

interface TicksProps<T extends string> {
  legend: string;
  options: readonly { value: T; words: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

const Ticks = <T extends string>({ legend, options, chosen, onChange }: TicksProps<T>) => (
  <fieldset className={forms.field}>
    <legend>{legend}</legend>
    <div className={forms.choices}>
      {options.map(({ value, words }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...chosen, value] : chosen.filter((each) => each !== value))
            }
          />
          {words}
        </label>
      ))}
    </div>
  </fieldset>
);

/** Another one of the store, in place of the one they have. */
const OtherField = ({ loan, id, onChoose }: { loan: Loan; id: string; onChoose: (id: string) => void }) => {
  const { t } = useWords();
  const me = useUser();
  const board = useQuery(boardQuery(me.storeId ?? loan.store.id)).data;
  const free = board?.items.filter(({ state }) => state === 'available') ?? [];
  return (
    <label className={forms.field}>
      <span>{t('loan.swap.for')}</span>
      <select value={id} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{t(free.length > 0 ? 'loan.swap.choose' : 'loan.shelves.empty')}</option>
        {free.map((each) => (
          <option key={each.id} value={each.id}>
            {nameOf(each.model)} · {each.label} · {each.grade}
          </option>
        ))}
      </select>
    </label>
  );
};

const Terms = ({ language }: { language: 'es' | 'en' }) => {
  const { t } = useWords();
  const terms = useQuery(loanerSettingsQuery).data?.terms;
  return (
    <div className={styles.terms} lang={language}>
      <b>{t('loan.terms', { version: terms?.version ?? 0 })}</b>
      <p>{terms?.[language]}</p>
    </div>
  );
};

const lackingOf = (detail: CaseDetail): ImpactKind[] =>
  detail.impacts.filter(({ state }) => isLacking(state)).map(({ kind }) => kind);

/** The phone goes out or comes back: how it looks, what goes with it, and signed for. */
export const HandForm = ({ deed, loan, detail, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useLoanDeed();
  const [key] = useState(newKey);
  const version = useQuery(loanerSettingsQuery).data?.terms.version;
  const [grade, setGrade] = useState<LoanerGrade>(loan.loaner.grade);
  const [accessories, setAccessories] = useState<LoanerAccessory[]>(loan.out?.accessories ?? ['charger', 'cable']);
  const [relieves, setRelieves] = useState<ImpactKind[]>(() => lackingOf(detail).filter((kind) => kind !== 'data'));
  const [note, setNote] = useState('');
  const [photoIds, setPhotoIds] = useState<string[]>([]);
  const [because, setBecause] = useState('');
  const [picture, setPicture] = useState<{ of: () => Promise<File | null> } | null>(null);
  const [otherId, setOtherId] = useState('');
  const [draw] = useState(() => (of: (() => Promise<File | null>) | null) => setPicture(of && { of }));
  const save = async () => {
    const done = await run(async () => {
      const file = await picture?.of();
      const signed = file ? { signatureId: (await keepPicture(file)).id } : { unsignedBecause: because.trim() };
      const condition = { marks: [], note: note.trim() };
      const seen = { grade, accessories, photoIds, ...signed };
      if (deed === 'lend')
        return lend(loan.id, { ...seen, relieves, conditionOut: condition, termsVersion: version ?? 1 }, key);
      if (deed === 'swap')
        return swapLoan(loan.id, { ...seen, loanerId: otherId, reason: note.trim(), conditionIn: condition }, key);
      return takeBack(loan.id, { ...seen, conditionIn: condition }, key);
    });
    if (done) onClose();
  };
  const missing = deed === 'swap' && (otherId === '' || note.trim() === '');
  return (
    <FormDialog
      title={t(`loan.${deed === 'take-back' ? 'take_back' : deed}`)}
      size={560}
      deed={t(`loan.${deed === 'take-back' ? 'take_back' : deed}`)}
      busy={busy}
      problem={problem}
      disabled={missing || (picture === null && because.trim() === '')}
      onClose={onClose}
      onSubmit={save}
    >
      <p className={forms.lead}>
        {nameOf(loan.loaner.model)} · {loan.loaner.label} · {loan.store.name}
      </p>
      {deed === 'swap' ? <OtherField loan={loan} id={otherId} onChoose={setOtherId} /> : null}
      <Choices
        legend={t('loaner.grade')}
        name="grade"
        value={grade}
        choices={LoanerGrade.options.map((value) => ({ value, words: `${value} · ${t(`loaner.grade.${value}`)}` }))}
        onChange={setGrade}
      />
      <Ticks
        legend={t(deed === 'lend' ? 'loan.accessories.out' : 'loan.accessories.in')}
        options={LoanerAccessory.options.map((value) => ({ value, words: t(`loaner.accessory.${value}`) }))}
        chosen={accessories}
        onChange={setAccessories}
      />
      {deed === 'lend' && lackingOf(detail).length > 0 ? (
        <Ticks
          legend={t('loan.relieves.ask')}
          options={lackingOf(detail).map((value) => ({ value, words: t(`impact.${value}`) }))}
          chosen={relieves}
          onChange={setRelieves}
        />
      ) : null}
      <label className={forms.field}>
        <span>{t(deed === 'swap' ? 'loan.reason' : 'loan.condition')}</span>
        <input value={note} maxLength={300} onChange={({ currentTarget }) => setNote(currentTarget.value)} />
      </label>
      <PhotoField ids={photoIds} onChange={setPhotoIds} />
      {deed === 'take-back' ? (
        <p className={styles.hint}>{t('loan.back_hint')}</p>
      ) : (
        <Terms language={detail.customer.language} />
      )}
      <SignatureField because={because} onBecause={setBecause} onDraw={draw} />
    </FormDialog>
  );
};

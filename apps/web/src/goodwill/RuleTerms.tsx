import type { ReactNode } from 'react';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { PRIVILEGES, PURPOSES } from './gift.rules.js';
import type { RuleDraft } from './rule.rules.js';

interface Props {
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
}

const Typed = ({ label, value, onType }: { label: string; value: string; onType: (typed: string) => void }) => (
  <label className={forms.field}>
    <span>{label}</span>
    <input inputMode="decimal" value={value} onChange={(event) => onType(event.currentTarget.value)} />
  </label>
);

const Chosen = ({ label, children }: { label: string; children: ReactNode }) => (
  <label className={forms.field}>
    <span>{label}</span>
    {children}
  </label>
);

const Amount = ({ draft, onChange }: Props) => {
  const { t } = useWords();
  const { amount, currency } = draft;
  return (
    <Typed label={t('benefit.amount', { currency })} value={amount} onType={(typed) => onChange({ amount: typed })} />
  );
};

const Voucher = (props: Props) => {
  const { t } = useWords();
  const { draft, onChange } = props;
  return (
    <div className={forms.two}>
      <Amount {...props} />
      <Chosen label={t('benefit.purpose')}>
        <select
          value={draft.purpose}
          onChange={(event) => onChange({ purpose: event.currentTarget.value as RuleDraft['purpose'] })}
        >
          {PURPOSES.map((purpose) => (
            <option key={purpose} value={purpose}>
              {t(`benefit.purpose.${purpose}`)}
            </option>
          ))}
        </select>
      </Chosen>
      <Typed label={t('benefit.valid_days')} value={draft.validDays} onType={(validDays) => onChange({ validDays })} />
    </div>
  );
};

/** How much of it. */
export const RuleTerms = (props: Props) => {
  const { t } = useWords();
  const { draft, onChange } = props;
  if (draft.kind === 'voucher') return <Voucher {...props} />;
  if (draft.kind === 'repair_contribution') return <Amount {...props} />;
  if (draft.kind === 'points')
    return <Typed label={t('benefit.points')} value={draft.points} onType={(points) => onChange({ points })} />;
  if (draft.kind === 'fee_discount')
    return <Typed label={t('benefit.percent')} value={draft.percent} onType={(percent) => onChange({ percent })} />;
  return (
    <Chosen label={t('benefit.privilege')}>
      <select
        value={draft.privilege}
        onChange={(event) => onChange({ privilege: event.currentTarget.value as RuleDraft['privilege'] })}
      >
        {PRIVILEGES.map((privilege) => (
          <option key={privilege} value={privilege}>
            {t(`benefit.privilege.${privilege}`)}
          </option>
        ))}
      </select>
    </Chosen>
  );
};

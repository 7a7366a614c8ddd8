import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { peopleQuery } from '../api/queries.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { FeePreview } from './FeePreview.js';
import { PRIVILEGES, PURPOSES, type Gift } from './gift.rules.js';
import { centsTyped, percentTyped } from './typed.rules.js';

interface Props {
  gift: Gift;
  caseId: string;
  lacksSomething: boolean;
  onChange: (part: Partial<Gift>) => void;
}

const Field = ({ label, children }: { label: string; children: ReactNode }) => (
  <label className={forms.field}>
    <span>{label}</span>
    {children}
  </label>
);

const Discount = ({ gift, caseId, lacksSomething, onChange }: Props) => {
  const { t } = useWords();
  const [percent, cents] = [percentTyped(gift.percent), centsTyped(gift.fee, gift.currency)];
  return (
    <>
      <div className={forms.two}>
        <Field label={t('benefit.percent')}>
          <input
            inputMode="decimal"
            value={gift.percent}
            onChange={(event) => onChange({ percent: event.currentTarget.value })}
          />
        </Field>
        <Field label={t('benefit.fee', { currency: gift.currency })}>
          <input
            inputMode="decimal"
            value={gift.fee}
            onChange={(event) => onChange({ fee: event.currentTarget.value })}
          />
        </Field>
      </div>
      {lacksSomething ? null : (
        <div className={forms.two}>
          <Field label={t('benefit.from')}>
            <input type="date" value={gift.from} onChange={(event) => onChange({ from: event.currentTarget.value })} />
          </Field>
          <Field label={t('benefit.to')}>
            <input type="date" value={gift.to} onChange={(event) => onChange({ to: event.currentTarget.value })} />
          </Field>
        </div>
      )}
      {percent && cents && lacksSomething ? (
        <FeePreview caseId={caseId} percent={percent} cents={cents} currency={gift.currency} />
      ) : null}
    </>
  );
};

const Voucher = ({ gift, onChange }: Props) => {
  const { t } = useWords();
  return (
    <div className={forms.two}>
      <Amount gift={gift} onChange={onChange} />
      <Field label={t('benefit.purpose')}>
        <select
          value={gift.purpose}
          onChange={(event) => onChange({ purpose: event.currentTarget.value as Gift['purpose'] })}
        >
          {PURPOSES.map((purpose) => (
            <option key={purpose} value={purpose}>
              {t(`benefit.purpose.${purpose}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('benefit.valid_days')}>
        <input
          inputMode="numeric"
          value={gift.validDays}
          onChange={(event) => onChange({ validDays: event.currentTarget.value })}
        />
      </Field>
    </div>
  );
};

const Amount = ({ gift, onChange }: Pick<Props, 'gift' | 'onChange'>) => {
  const { t } = useWords();
  return (
    <Field label={t('benefit.amount', { currency: gift.currency })}>
      <input
        inputMode="decimal"
        value={gift.amount}
        onChange={(event) => onChange({ amount: event.currentTarget.value })}
      />
    </Field>
  );
};

const PrivilegeFields = ({ gift, onChange }: Props) => {
  const { t } = useWords();
  const people = useQuery(peopleQuery).data?.items ?? [];
  return (
    <>
      <Field label={t('benefit.privilege')}>
        <select
          value={gift.privilege}
          onChange={(event) => onChange({ privilege: event.currentTarget.value as Gift['privilege'] })}
        >
          {PRIVILEGES.map((privilege) => (
            <option key={privilege} value={privilege}>
              {t(`benefit.privilege.${privilege}`)}
            </option>
          ))}
        </select>
      </Field>
      {gift.privilege === 'named_contact' ? (
        <Field label={t('benefit.person')}>
          <select value={gift.personId} onChange={(event) => onChange({ personId: event.currentTarget.value })}>
            <option value="">{t('benefit.person.none')}</option>
            {people.map(({ id, displayName }) => (
              <option key={id} value={id}>
                {displayName}
              </option>
            ))}
          </select>
        </Field>
      ) : (
        <Field label={t('benefit.at')}>
          <input
            type="datetime-local"
            value={gift.at}
            onChange={(event) => onChange({ at: event.currentTarget.value })}
          />
        </Field>
      )}
      {gift.privilege === 'home_pickup' ? (
        <Field label={t('benefit.place')}>
          <input
            value={gift.place}
            maxLength={200}
            onChange={(event) => onChange({ place: event.currentTarget.value })}
          />
        </Field>
      ) : null}
    </>
  );
};

/** What has to be said of each kind. */
export const GiftFields = (props: Props) => {
  const { t } = useWords();
  const { gift, onChange } = props;
  if (gift.kind === 'fee_discount') return <Discount {...props} />;
  if (gift.kind === 'voucher') return <Voucher {...props} />;
  if (gift.kind === 'repair_contribution') return <Amount gift={gift} onChange={onChange} />;
  if (gift.kind === 'privilege') return <PrivilegeFields {...props} />;
  return (
    <Field label={t('benefit.points')}>
      <input
        inputMode="numeric"
        value={gift.points}
        onChange={(event) => onChange({ points: event.currentTarget.value })}
      />
    </Field>
  );
};

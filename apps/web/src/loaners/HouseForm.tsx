import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LoanerSettings } from '#contracts';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { changeLoanerSettings, loanerSettingsQuery } from './loanerRequests.js';
import { useLoanDeed } from './useLoanDeed.js';
import styles from './Board.module.css';

const NUMBERS = [
  ...(['keepHours', 'warnMinutes', 'graceDays', 'plainDays'] as const),
  ...(['reminderAfterHours', 'callAfterHours', 'supervisorAfterHours'] as const),
] satisfies (keyof LoanerSettings)[];
const CENTS = 100;

const Fields = ({ settings }: { settings: LoanerSettings }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { run, busy, problem } = useLoanDeed();
  const [asked, setAsked] = useState(settings);
  const save = async () => {
    const { terms, ...rest } = asked;
    if (await run(() => changeLoanerSettings({ ...rest, terms: { es: terms.es, en: terms.en } })))
      notify(t('loaners.rules.saved'));
  };
  return (
    <Form deed={t('loaners.rules.save')} busy={busy} problem={problem} onSubmit={save}>
      <div className={styles.numbers}>
        {NUMBERS.map((name) => (
          <label key={name} className={forms.field}>
            <span>{t(`loaners.rules.${name}`)}</span>
            <input
              type="number"
              min={0}
              value={asked[name]}
              onChange={({ currentTarget }) => setAsked({ ...asked, [name]: Math.round(Number(currentTarget.value)) })}
            />
          </label>
        ))}
        <label className={forms.field}>
          <span>{t('loaners.rules.deposit')}</span>
          <input
            type="number"
            min={0}
            step="0.01"
            value={asked.depositCents === null ? '' : asked.depositCents / CENTS}
            placeholder={t('loaners.rules.deposit.none')}
            onChange={({ currentTarget: { value } }) =>
              setAsked({ ...asked, depositCents: value === '' ? null : Math.round(Number(value) * CENTS) })
            }
          />
        </label>
      </div>
      <fieldset className={forms.field}>
        <legend>{t('loaners.rules.rules')}</legend>
        {asked.rules.map((rule) => (
          <label key={rule.code} className={forms.check}>
            <input
              type="checkbox"
              checked={rule.active}
              onChange={({ currentTarget: { checked } }) =>
                setAsked({
                  ...asked,
                  rules: asked.rules.map((each) => (each.code === rule.code ? { ...each, active: checked } : each)),
                })
              }
            />
            <span>
              {rule.text[language]}
              <small>{t(`loaners.rules.check.${rule.check}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={forms.two}>
        {(['es', 'en'] as const).map((each) => (
          <label key={each} className={forms.field}>
            <span>{t(`loaners.rules.terms.${each}`, { version: settings.terms.version })}</span>
            <textarea
              rows={6}
              lang={each}
              value={asked.terms[each]}
              onChange={({ currentTarget }) =>
                setAsked({ ...asked, terms: { ...asked.terms, [each]: currentTarget.value } })
              }
            />
          </label>
        ))}
      </div>
    </Form>
  );
};

/** By which rules phones are lent. */
export const HouseForm = () => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(loanerSettingsQuery);
  if (isError) return <Trouble what={t('loaners.rules')} error={error} onRetry={() => void refetch()} />;
  return data ? <Fields key={data.terms.version} settings={data} /> : null;
};

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Hours, type CaseDetail, type CustomerCard, type PreferenceField, type PreferencesBody } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import ProofDialog from './ProofDialog.js';
import { cardQuery, changePreferences } from './cardRequests.js';
import styles from './Card.module.css';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const WORKDAYS: Hours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '14:00' };

const Origin = ({ card, field }: { card: CustomerCard; field: PreferenceField }) => {
  const { t, intl } = useWords();
  const said = card.preferences.said[field];
  if (!said) return null;
  const date = day(intl, said.at);
  return (
    <small className={styles.said}>
      {said.by ? t('prefer.by', { name: said.by.displayName, date }) : t('prefer.from', { source: said.source, date })}
    </small>
  );
};

const HoursField = ({ hours, onChange }: { hours: Hours | null; onChange: (hours: Hours | null) => void }) => {
  const { t } = useWords();
  return (
    <>
      <label className={forms.check}>
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={(event) => onChange(event.currentTarget.checked ? WORKDAYS : null)}
        />
        <span>{t('prefer.hours.some')}</span>
      </label>
      {hours ? (
        <>
          <fieldset className={forms.field}>
            <legend>{t('prefer.hours.days')}</legend>
            <div className={styles.days}>
              {DAYS.map((name) => (
                <label key={name}>
                  <input
                    type="checkbox"
                    checked={hours.days.includes(name)}
                    onChange={({ currentTarget: { checked } }) =>
                      onChange({
                        ...hours,
                        days: DAYS.filter((one) => (one === name ? checked : hours.days.includes(one))),
                      })
                    }
                  />
                  {t(`prefer.day.${name}`)}
                </label>
              ))}
            </div>
          </fieldset>
          <div className={forms.two}>
            {(['from', 'to'] as const).map((end) => (
              <label key={end} className={forms.field}>
                <span>{t(`prefer.hours.${end}`)}</span>
                <input
                  type="time"
                  value={hours[end]}
                  onChange={(event) => onChange({ ...hours, [end]: event.currentTarget.value })}
                />
              </label>
            ))}
          </div>
        </>
      ) : null}
    </>
  );
};

/** What differs from what stands; null: nothing. */
const changesOf = (was: CustomerCard['preferences'], now: Pick<CustomerCard['preferences'], PreferenceField>) => {
  const body: PreferencesBody = {
    ...(now.channel === was.channel ? {} : { channel: now.channel }),
    ...(JSON.stringify(now.hours) === JSON.stringify(was.hours) ? {} : { hours: now.hours }),
    ...(now.language === was.language && was.languageKnown ? {} : { language: now.language }),
    ...(now.formality === was.formality ? {} : { formality: now.formality }),
  };
  return Object.keys(body).length > 0 ? body : null;
};

interface Props {
  card: CustomerCard;
  /** Their case: what is refused for want of a proof leads to how it is given there. */
  detail: CaseDetail | undefined;
  onClose: () => void;
}

/** How they want to be spoken to, as they say it; says who wrote down what stands. */
export default function PreferencesDialog({ card, detail, onClose }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const { channel, hours, language, formality } = card.preferences;
  const [now, setNow] = useState({ channel, hours, language, formality });
  const { run, busy, failure, problem } = useDeed();
  const [proving, setProving] = useState(true);
  const [wrong, setWrong] = useState(false);
  const save = async () => {
    const untold = now.hours !== null && !Hours.safeParse(now.hours).success;
    setWrong(untold);
    if (untold) return;
    const body = changesOf(card.preferences, now);
    if (!body) return onClose();
    setProving(true);
    await run(async () => {
      client.setQueryData(cardQuery(card.customerId).queryKey, await changePreferences(card.customerId, body));
      notify(t('prefer.saved'));
      onClose();
    });
  };
  const pick = <F extends 'channel' | 'language' | 'formality'>(field: F, value: string) =>
    setNow((before) => ({ ...before, [field]: value === '' ? null : value }));
  const choice = (field: 'channel' | 'language' | 'formality', options: [string, string][]) => (
    <label className={forms.field}>
      <span>{t(`prefer.${field}`)}</span>
      <select value={now[field] ?? ''} onChange={(event) => pick(field, event.currentTarget.value)}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <Origin card={card} field={field} />
    </label>
  );
  return (
    <FormDialog
      title={t('prefer.title')}
      onClose={onClose}
      deed={t('prefer.save')}
      busy={busy}
      problem={wrong ? t('prefer.hours.wrong') : problem && `${t('prefer.failed')} ${problem}`}
      onSubmit={save}
    >
      <div className={forms.two}>
        {choice('channel', [
          ['', t('prefer.channel.any')],
          ...(['twitter', 'email', 'store', 'phone'] as const).map((one): [string, string] => [
            one,
            t(`prefer.channel.${one}`),
          ]),
        ])}
        {choice('language', [
          ['es', t('prefer.language.es')],
          ['en', t('prefer.language.en')],
        ])}
        {choice('formality', [
          ['', t('prefer.formality.any')],
          ['tu', t('prefer.formality.tu')],
          ['usted', t('prefer.formality.usted')],
        ])}
      </div>
      <HoursField hours={now.hours} onChange={(next) => setNow((before) => ({ ...before, hours: next }))} />
      <Origin card={card} field="hours" />
      {proving && detail && failure?.code === 'proof.required' ? (
        <ProofDialog detail={detail} why={t('prefer.needs')} onClose={() => setProving(false)} />
      ) : null}
    </FormDialog>
  );
}

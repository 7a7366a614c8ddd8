import { Button } from '@mantine/core';
import { useState } from 'react';
import { Channel, ImpactKind, Priority, Tier, type PolicyPreview } from '#contracts';
import { useDeed } from '../app/useDeed.js';
import forms from '../app/forms.module.css';
import { DueStep } from '../calendars/DuePreview.js';
import calendars from '../calendars/Calendars.module.css';
import { asTyped, fromTyped } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { durationText } from './duration.rules.js';
import { Pick } from './PolicyForm.js';
import { tryPolicies } from './policyRequests.js';
import { usePolicyWords } from './policyWords.js';
import styles from './Policies.module.css';

const Answer = ({ preview }: { preview: PolicyPreview }) => {
  const { t, intl } = useWords();
  const { calendarText } = usePolicyWords();
  return (
    <div aria-live="polite" className={styles.answer}>
      <p className={styles.chosen}>
        {preview.policy ? t('policies.try.chosen', preview.policy) : t('policies.try.none')}
      </p>
      {preview.passed.length > 0 ? (
        <ul className={styles.passed}>
          {preview.passed.map(({ id, name, not }) => (
            <li key={id}>
              {t('policies.try.passed', {
                name,
                why: intl.formatList(not.map((key) => t(`policies.not.${key}`))),
              })}
            </li>
          ))}
        </ul>
      ) : null}
      <ul className={styles.dues}>
        {preview.targets.map(({ metric, minutes, calendar, timeZone, dueAt, steps }) => (
          <li key={metric}>
            <details>
              <summary>
                <b>{t(`clock.${metric}`)}</b>
                <time dateTime={dueAt}>
                  {intl.formatDate(dueAt, { timeZone, dateStyle: 'medium', timeStyle: 'short' })}
                </time>
                <small>
                  {durationText(minutes)}, {calendarText(calendar)}
                </small>
              </summary>
              <ol className={calendars.list} aria-label={t(`clock.${metric}`)}>
                {steps.map((step) => (
                  <DueStep key={`${step.kind} ${step.from}`} step={step} />
                ))}
              </ol>
            </details>
          </li>
        ))}
      </ul>
    </div>
  );
};

interface SelectProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; words: string }[];
  onChange: (value: T | undefined) => void;
}

const Select = <T extends string>({ label, value, choices, onChange }: SelectProps<T>) => (
  <label className={forms.field}>
    <span>{label}</span>
    <select
      value={value}
      onChange={({ currentTarget }) => onChange(choices.find((each) => each.value === currentTarget.value)?.value)}
    >
      {choices.map((each) => (
        <option key={each.value} value={each.value}>
          {each.words}
        </option>
      ))}
    </select>
  </label>
);

/** Which deadlines a case like this would have, by the same code as the clocks. */
export const TryOut = () => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useDeed();
  const [priority, setPriority] = useState<Priority>('normal');
  const [tier, setTier] = useState<Tier>('standard');
  const [channels, setChannels] = useState<string[]>(['email']);
  const [lacks, setLacks] = useState<string[]>([]);
  const [start, setStart] = useState(() => asTyped(intl, new Date()));
  const [preview, setPreview] = useState<PolicyPreview | null>(null);
  const ask = async () => {
    const facts = {
      ...{ priority, tier },
      channels: Channel.options.filter((each) => channels.includes(each)),
      lacks: ImpactKind.options.filter((each) => lacks.includes(each)),
    };
    setPreview(await run(() => tryPolicies({ caseFacts: facts, startAt: fromTyped(intl, start) })));
  };
  return (
    <section className={styles.try} aria-labelledby="policies-try">
      <h2 id="policies-try">{t('policies.try')}</h2>
      <p className={styles.lead}>{t('policies.try.lead')}</p>
      <form
        className={forms.form}
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <div className={forms.two}>
          <Select
            label={t('policies.condition.priorities')}
            value={priority}
            choices={Priority.options.map((value) => ({ value, words: t(`priority.${value}`) }))}
            onChange={(value) => setPriority(value ?? 'normal')}
          />
          <Select
            label={t('policies.condition.tiers')}
            value={tier}
            choices={Tier.options.map((value) => ({ value, words: t(`tier.${value}`) }))}
            onChange={(value) => setTier(value ?? 'standard')}
          />
        </div>
        <Pick of="channels" legend={t('policies.condition.channels')} chosen={channels} onChange={setChannels} />
        <Pick of="lacks" legend={t('policies.condition.lacks')} chosen={lacks} onChange={setLacks} />
        <label className={forms.field}>
          <span>{t('policies.try.start')}</span>
          <input
            type="datetime-local"
            required
            value={start}
            onChange={({ currentTarget: { value } }) => setStart(value)}
          />
        </label>
        <p className={forms.problem} role="alert">
          {problem}
        </p>
        <div className={forms.deeds}>
          <Button type="submit" loading={busy}>
            {t('policies.try.ask')}
          </Button>
        </div>
      </form>
      {preview ? <Answer preview={preview} /> : null}
    </section>
  );
};

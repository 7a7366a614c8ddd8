import { useState } from 'react';
import {
  Channel,
  ImpactKind,
  Priority,
  Tier,
  type Policy,
  type PolicyCondition,
  type PolicyConditions,
  type PolicyMetric,
} from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { minutesOf } from './duration.rules.js';
import { CONDITIONS, METRICS, readTargets, typedTargets } from './policy.rules.js';
import { addPolicy, putPolicy } from './policyRequests.js';
import { usePolicyWords } from './policyWords.js';
import { usePolicyDeed } from './usePolicyDeed.js';
import styles from './Policies.module.css';

export const CONDITION_WORDS: Record<PolicyCondition, readonly string[]> = {
  priorities: Priority.options.toReversed(),
  tiers: Tier.options.toReversed(),
  channels: Channel.options,
  lacks: ImpactKind.options,
};

interface PickProps {
  of: PolicyCondition;
  legend: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Any of a few words; none: it does not matter. */
export const Pick = ({ of, legend, chosen, onChange }: PickProps) => {
  const { wordOf } = usePolicyWords();
  return (
    <fieldset className={forms.field}>
      <legend>{legend}</legend>
      <div className={forms.choices}>
        {CONDITION_WORDS[of].map((word) => (
          <label key={word}>
            <input
              type="checkbox"
              checked={chosen.includes(word)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(CONDITION_WORDS[of].filter((each) => (each === word ? checked : chosen.includes(each))))
              }
            />
            {wordOf(of, word)}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

interface TargetProps {
  metric: PolicyMetric;
  text: string;
  calendar: string;
  onChange: (change: { text?: string; calendar?: string }) => void;
}

const Target = ({ metric, text, calendar, onChange }: TargetProps) => {
  const { t } = useWords();
  const { calendars, calendarText } = usePolicyWords();
  const isUnread = text.trim() !== '' && minutesOf(text) === null;
  const name = t(`clock.${metric}`);
  return (
    <div className={styles.target}>
      <label htmlFor={`target-${metric}`}>{name}</label>
      <input
        id={`target-${metric}`}
        value={text}
        placeholder={t('policies.target.none')}
        aria-invalid={isUnread}
        aria-describedby="targets-lead"
        onChange={({ currentTarget: { value } }) => onChange({ text: value })}
      />
      <select
        aria-label={t('policies.target.calendar', { what: name })}
        value={calendar}
        disabled={text.trim() === ''}
        onChange={({ currentTarget: { value } }) => onChange({ calendar: value })}
      >
        {['house', 'always', ...calendars.map(({ id }) => id)].map((each) => (
          <option key={each} value={each}>
            {calendarText(each)}
          </option>
        ))}
      </select>
    </div>
  );
};

interface Props {
  /** Null: a new one. */
  policy: Policy | null;
  onClose: (saved: Policy | null) => void;
}

/** What a policy says: for whom, and how long everything may take. */
export const PolicyForm = ({ policy, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = usePolicyDeed();
  const [name, setName] = useState(policy?.name ?? '');
  const [conditions, setConditions] = useState<PolicyConditions>(policy?.conditions ?? {});
  const [typed, setTyped] = useState(() => typedTargets(policy?.targets ?? {}));
  const [key] = useState(() => crypto.randomUUID());
  const { targets, unread } = readTargets(typed);
  const isReady = name.trim() !== '' && unread.length === 0 && Object.keys(targets).length > 0;
  const save = async () => {
    const body = { name: name.trim(), conditions, targets };
    const saved = await run(() =>
      policy ? putPolicy(policy.id, { ...body, version: policy.version }) : addPolicy(body, key),
    );
    if (saved) onClose(saved);
  };
  return (
    <FormDialog
      title={policy ? t('policies.edit', { name: policy.name }) : t('policies.new')}
      size={680}
      deed={t('policies.save')}
      busy={busy}
      problem={problem ?? (unread.length > 0 ? t('policies.unread') : null)}
      disabled={!isReady}
      onSubmit={() => void save()}
      onClose={() => onClose(null)}
    >
      <label className={forms.field}>
        <span>{t('policies.name')}</span>
        <input
          value={name}
          required
          maxLength={120}
          data-autofocus
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
      </label>
      <section className={styles.formPart}>
        <h3>{t('policies.conditions')}</h3>
        <p className={styles.lead}>{t('policies.conditions.lead')}</p>
        {CONDITIONS.map((of) => (
          <Pick
            key={of}
            of={of}
            legend={t(`policies.condition.${of}`)}
            chosen={conditions[of] ?? []}
            onChange={(chosen) =>
              setConditions(({ [of]: _, ...others }) => (chosen.length > 0 ? { ...others, [of]: chosen } : others))
            }
          />
        ))}
      </section>
      <section className={styles.formPart}>
        <h3>{t('policies.targets')}</h3>
        <p className={styles.lead} id="targets-lead">
          {t('policies.targets.lead')}
        </p>
        {METRICS.map((metric) => (
          <Target
            key={metric}
            metric={metric}
            {...typed[metric]}
            onChange={(change) => setTyped((all) => ({ ...all, [metric]: { ...all[metric], ...change } }))}
          />
        ))}
      </section>
      {policy ? <p className={styles.lead}>{t('policies.save.lead')}</p> : null}
    </FormDialog>
  );
};

import { useRef, useState } from 'react';
import type { BenefitKind, GoodwillRule, ImpactKind, Tier } from '#contracts';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useWords } from '../i18n/Words.js';
import { KINDS } from './gift.rules.js';
import { addRule, changeRule } from './goodwillRequests.js';
import { RuleTerms } from './RuleTerms.js';
import { RuleTry } from './RuleTry.js';
import { draftOf, ruleSaid, toggled, type RuleDraft } from './rule.rules.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';

const TIERS = ['standard', 'silver', 'gold'] as const satisfies readonly Tier[];
const LACKS = ['calls', 'data', 'apps', 'photos', 'other'] as const satisfies readonly ImpactKind[];

interface SeveralProps<T extends string> {
  legend: string;
  /** What none of them means. */
  none: string;
  choices: readonly { value: T; words: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

/** Any of a few. */
const Several = <T extends string>({ legend, none, choices, chosen, onChange }: SeveralProps<T>) => (
  <fieldset className={forms.field}>
    <legend>{legend}</legend>
    <div className={forms.choices}>
      {choices.map(({ value, words }) => (
        <label key={value}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onChange(toggled(chosen, value))} />
          {words}
        </label>
      ))}
    </div>
    <small>{chosen.length === 0 ? none : null}</small>
  </fieldset>
);

interface Props {
  /** Null: a new one. */
  rule: GoodwillRule | null;
  currency: string;
  onClose: () => void;
}

/** What is offered by itself, when and to whom. A change is another version, which cases from then on are proposed. */
export const RuleDialog = ({ rule, currency, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useGoodwillDeed();
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(rule, currency));
  const [isActive, setActive] = useState(rule?.isActive ?? true);
  const sent = useRef({ said: '', key: '' });
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const says = ruleSaid(draft);
  const save = async () => {
    if (!says) return;
    // What is put anew is another rule; the same again is the same one.
    const said = JSON.stringify(says);
    if (sent.current.said !== said) sent.current = { said, key: newKey() };
    const done = await run(() =>
      rule ? changeRule(rule.id, { ...says, isActive, version: rule.version }) : addRule(says, sent.current.key),
    );
    if (!done) return;
    notify(t('goodwill.saved'));
    onClose();
  };
  return (
    <FormDialog
      title={rule ? t('goodwill.rule.edit') : t('goodwill.rule.new')}
      size={560}
      deed={t(rule ? 'goodwill.rule.save' : 'goodwill.rule.add')}
      busy={busy}
      problem={problem}
      disabled={!says}
      onSubmit={save}
      onClose={onClose}
    >
      {rule ? <p className={forms.lead}>{t('goodwill.rule.edit.lead', { version: rule.version + 1 })}</p> : null}
      <label className={forms.field}>
        <span>{t('goodwill.rule.called')}</span>
        <input
          value={draft.name}
          maxLength={80}
          data-autofocus
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </label>
      <label className={forms.field}>
        <span>{t('goodwill.rule.days')}</span>
        <input
          inputMode="numeric"
          value={draft.days}
          onChange={(event) => change({ days: event.currentTarget.value })}
        />
      </label>
      <Several
        legend={t('goodwill.rule.tiers')}
        none={t('goodwill.rule.everybody')}
        choices={TIERS.map((value) => ({ value, words: t(`tier.${value}`) }))}
        chosen={draft.tiers}
        onChange={(tiers) => change({ tiers })}
      />
      <Several
        legend={t('goodwill.rule.lacks')}
        none={t('goodwill.rule.whatever')}
        choices={LACKS.map((value) => ({ value, words: t(`impact.${value}`) }))}
        chosen={draft.lacks}
        onChange={(lacks) => change({ lacks })}
      />
      <Choices<BenefitKind>
        legend={t('benefit.kind')}
        name="rule-kind"
        value={draft.kind}
        choices={KINDS.map((value) => ({ value, words: t(`benefit.kind.${value}`) }))}
        onChange={(kind) => change({ kind })}
      />
      <RuleTerms draft={draft} onChange={change} />
      {rule ? (
        <Choices
          legend={t('goodwill.rule.active')}
          name="rule-active"
          value={isActive ? 'on' : 'off'}
          choices={(['on', 'off'] as const).map((value) => ({ value, words: t(`goodwill.rule.${value}`) }))}
          onChange={(value) => setActive(value === 'on')}
        />
      ) : null}
      <RuleTry says={says} />
    </FormDialog>
  );
};

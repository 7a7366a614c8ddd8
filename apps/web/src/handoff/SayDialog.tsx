import { useState } from 'react';
import { HandoffOutcome, type HandoffWordKind } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords, type Key } from '../i18n/Words.js';
import { fromTyped } from '../i18n/moments.js';
import type { WholeHandoff } from './handoff.rules.js';
import type { SaidKind } from './handoffDialogs.js';
import { sayWord } from './handoffRequests.js';
import { useHandoffDeed } from './useHandoffDeed.js';
import { isSaid, WORD_FIELDS, wordOf } from './wordFields.rules.js';
import styles from './Handoff.module.css';

interface Props {
  handoff: WholeHandoff;
  kind: Exclude<SaidKind, 'quoted'>;
  /** Of the answer to a quote. */
  approved?: boolean;
  onClose: () => void;
}

type Field = NonNullable<(typeof WORD_FIELDS)[HandoffWordKind]>[number];

const INPUTS = { line: 'text', moment: 'datetime-local', email: 'email', number: 'text' } as const;

const FieldOf = ({ field, value, onType }: { field: Field; value: string; onType: (value: string) => void }) => {
  const { t } = useWords();
  const label = t(`handoff.field.${field.key}` as Key);
  const control = () => {
    if (field.type === 'text')
      return (
        <textarea
          rows={3}
          maxLength={2000}
          value={value}
          aria-required={field.required}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      );
    if (field.type === 'outcome')
      return (
        <select value={value} aria-required onChange={(event) => onType(event.currentTarget.value)}>
          <option value="" />
          {HandoffOutcome.options.map((outcome) => (
            <option key={outcome} value={outcome}>
              {t(`handoff.outcome.${outcome}`)}
            </option>
          ))}
        </select>
      );
    return (
      <input
        type={INPUTS[field.type]}
        {...(field.type === 'number' ? { inputMode: 'numeric' as const } : {})}
        maxLength={254}
        value={value}
        aria-required={field.required}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    );
  };
  return (
    <label className={forms.field}>
      <span>
        {label}
        {field.required ? null : <small className={styles.maybe}> {t('handoff.maybe')}</small>}
      </span>
      {control()}
    </label>
  );
};

/** Says something to the other company: what comes of it is read before it is said. */
export default function SayDialog({ handoff, kind, approved, onClose }: Props) {
  const { t, intl } = useWords();
  const { run, busy, problem } = useHandoffDeed();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [tried, setTried] = useState(false);
  const { partner, state } = handoff;
  const isDraft = state === 'draft';
  const word = wordOf(kind, typed, (at) => fromTyped(intl, at), approved === undefined ? {} : { approved });
  const name: `handoff.deed.${string}` =
    kind === 'quote_answered'
      ? `handoff.deed.quote_${approved ? 'approved' : 'declined'}`
      : isDraft
        ? 'handoff.deed.discard'
        : `handoff.deed.${kind}`;
  const lead = isDraft ? 'handoff.lead.discard' : `handoff.lead.${kind}`;
  const say = async () => {
    setTried(true);
    if (word && (await run((key) => sayWord(handoff.id, word, key)))) onClose();
  };
  const wrong = tried && !word ? t('handoff.wrong') : null;
  return (
    <FormDialog
      title={`${t(name as Key)} · ${partner.name}`}
      deed={t(name as Key)}
      {...{ busy, onClose }}
      problem={problem ?? wrong}
      disabled={!isSaid(kind, typed)}
      onSubmit={say}
    >
      <p className={forms.lead}>{t(lead as Key, { partner: partner.name })}</p>
      {(WORD_FIELDS[kind] ?? []).map((field) => (
        <FieldOf
          key={field.key}
          field={field}
          value={typed[field.key] ?? ''}
          onType={(value) => setTyped({ ...typed, [field.key]: value })}
        />
      ))}
      {isDraft ? null : <p className={styles.audience}>{t('handoff.will_see', { partner: partner.name })}</p>}
    </FormDialog>
  );
}

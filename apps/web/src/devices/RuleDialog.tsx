import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { COUNTED, LABELLED, ParameterKind, WarrantyParameterBody, type WarrantyParameter } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useDeed } from '../app/useDeed.js';
import { useWords, type Key } from '../i18n/Words.js';
import { addParameter, changeParameter, parametersQuery } from './deviceRequests.js';

interface Props {
  /** Null: a new one. */
  rule: WarrantyParameter | null;
  onClose: () => void;
}

const NEW: WarrantyParameterBody = {
  ...{ country: 'ES', kind: 'legal_guarantee', label: '', months: null, validFrom: '', validUntil: null },
  ...{ clause: '', source: '', url: null, es: '', en: '' },
};

interface TextProps {
  word: Key;
  value: string;
  long?: boolean;
  onChange: (value: string) => void;
}

const Text = ({ word, value, long = false, onChange }: TextProps) => {
  const { t } = useWords();
  return (
    <label className={forms.field}>
      <span>{t(word)}</span>
      {long ? (
        <textarea rows={2} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
      ) : (
        <input value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
      )}
    </label>
  );
};

const Validity = ({
  rule,
  onChange,
}: {
  rule: WarrantyParameterBody;
  onChange: (change: Partial<WarrantyParameterBody>) => void;
}) => {
  const { t } = useWords();
  return (
    <div className={forms.two}>
      <label className={forms.field}>
        <span>{t('rules.from')}</span>
        <input
          type="date"
          value={rule.validFrom}
          onChange={({ currentTarget }) => onChange({ validFrom: currentTarget.value })}
        />
      </label>
      <label className={forms.field}>
        <span>{t('rules.until')}</span>
        <input
          type="date"
          value={rule.validUntil ?? ''}
          onChange={({ currentTarget }) => onChange({ validUntil: currentTarget.value || null })}
        />
        <small>{t('rules.until.hint')}</small>
      </label>
    </div>
  );
};

/** A term or clause with its source; a changed one takes the place of the old, which old decisions still cite. */
export const RuleDialog = ({ rule, onClose }: Props) => {
  const { t } = useWords();
  const client = useQueryClient();
  const { run, busy, problem } = useDeed();
  const [typed, setTyped] = useState<WarrantyParameterBody>(rule ?? NEW);
  const set = (change: Partial<WarrantyParameterBody>) => setTyped((before) => ({ ...before, ...change }));
  const counted = COUNTED.includes(typed.kind);
  const labelled = LABELLED.includes(typed.kind);
  const read = WarrantyParameterBody.safeParse({
    ...typed,
    months: counted ? typed.months : null,
    label: labelled ? typed.label : '',
    url: typed.url || null,
  });
  const save = async () => {
    if (!read.success) return;
    if (!(await run(() => (rule ? changeParameter(rule.id, read.data) : addParameter(read.data))))) return;
    await client.invalidateQueries({ queryKey: parametersQuery.queryKey });
    onClose();
  };
  return (
    <FormDialog
      title={t(rule ? 'rules.edit' : 'rules.add')}
      size={560}
      deed={t('device.save')}
      busy={busy}
      problem={problem}
      disabled={!read.success}
      onClose={onClose}
      onSubmit={save}
    >
      <label className={forms.field}>
        <span>{t('rules.kind')}</span>
        <select
          value={typed.kind}
          onChange={({ currentTarget }) =>
            set({ kind: ParameterKind.options.find((kind) => kind === currentTarget.value) ?? 'legal_guarantee' })
          }
        >
          {ParameterKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {t(`rules.kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <div className={forms.two}>
        <Text
          word="device.purchase.country"
          value={typed.country}
          onChange={(country) => set({ country: country.toUpperCase() })}
        />
        {labelled ? <Text word="rules.label" value={typed.label} onChange={(label) => set({ label })} /> : null}
        {counted ? (
          <label className={forms.field}>
            <span>{t('rules.months')}</span>
            <input
              type="number"
              min={1}
              max={240}
              value={typed.months ?? ''}
              onChange={({ currentTarget: { valueAsNumber } }) =>
                set({ months: Number.isInteger(valueAsNumber) ? valueAsNumber : null })
              }
            />
          </label>
        ) : null}
      </div>
      <Validity rule={typed} onChange={set} />
      <Text word="rules.clause" value={typed.clause} onChange={(clause) => set({ clause })} />
      <div className={forms.two}>
        <Text word="rules.source" value={typed.source} onChange={(source) => set({ source })} />
        <Text word="rules.url" value={typed.url ?? ''} onChange={(url) => set({ url })} />
      </div>
      <Text word="rules.es" long value={typed.es} onChange={(es) => set({ es })} />
      <Text word="rules.en" long value={typed.en} onChange={(en) => set({ en })} />
    </FormDialog>
  );
};

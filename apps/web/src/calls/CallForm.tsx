import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { CallAnswer, ImpactKind } from '#contracts';
import { callerQuery } from '../api/queries.js';
import { logCall, newKey } from '../api/requests.js';
import { CaseLookup } from '../app/CaseLookup.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useMay } from '../app/session.js';
import { useDeed } from '../app/useDeed.js';
import { IMPACT_KINDS } from '../app/vocabulary.js';
import { useWords } from '../i18n/Words.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import { CallerCard } from './CallerCard.js';
import { Choices } from '../app/Choices.js';
import {
  CALL_OUTCOMES,
  callBodyOf,
  emptyCall,
  ledNowhere,
  missingInCall,
  MOST_TIMES,
  type CallDraft,
  type CallField,
} from './call.rules.js';
import styles from './Calls.module.css';

const Lacks = ({ lacks, onChange }: { lacks: ImpactKind[]; onChange: (lacks: ImpactKind[]) => void }) => {
  const { t } = useWords();
  return (
    <fieldset className={forms.field}>
      <legend>{t('visit.lost')}</legend>
      <div className={forms.choices}>
        {IMPACT_KINDS.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={lacks.includes(kind)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...lacks, kind] : lacks.filter((one) => one !== kind))
              }
            />
            <ImpactGlyph kind={kind} size={16} /> {t(`impact.${kind}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

interface StrangerProps {
  draft: CallDraft;
  problem: string | null;
  change: (part: Partial<CallDraft>) => void;
}

/** Of a number nobody knows: whose it is, or which case it is about. */
const Stranger = ({ draft, problem, change }: StrangerProps) => {
  const { t } = useWords();
  const may = useMay();
  return (
    <div className={forms.two}>
      <label className={forms.field}>
        <span>{t('call.name')}</span>
        <input
          type="text"
          value={draft.name}
          autoComplete="off"
          aria-invalid={problem !== null || undefined}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <small role="alert">{problem}</small>
      </label>
      {may('customer.search') ? (
        <CaseLookup
          label={t('call.case')}
          value={draft.caseReference}
          problem={null}
          onChange={(reference) => change({ caseReference: reference })}
        />
      ) : null}
    </div>
  );
};

interface Props {
  phone?: string;
  caseReference?: string;
  onSaved: (answer: z.infer<typeof CallAnswer>) => void;
  onCancel?: () => void;
}

/** What is written down of a call; who it was comes from the number, else from whoever writes. */
export const CallForm = ({ phone, caseReference, onSaved, onCancel }: Props) => {
  const { t } = useWords();
  const client = useQueryClient();
  const key = useRef(newKey());
  const [draft, setDraft] = useState<CallDraft>(() => emptyCall(phone, caseReference));
  const [asked] = useDebouncedValue(draft.phone.trim(), 250);
  const caller = useQuery(callerQuery(asked));
  const [tried, setTried] = useState(false);
  const { run, busy, problem } = useDeed();
  const change = (part: Partial<CallDraft>) => setDraft((held) => ({ ...held, ...part }));
  const known = Boolean(caller.data?.customer);
  const missing = missingInCall(draft, known);
  const said = (field: CallField) => (tried && missing.includes(field) ? t(`call.need_${field}`) : null);

  const save = async () => {
    setTried(true);
    if (missing.length > 0) return;
    await run(async () => {
      const answer = await logCall(callBodyOf(draft, caller.data), key.current);
      key.current = newKey();
      void Promise.all(
        ['cases', 'counts', 'case', 'timeline', 'caller'].map((name) => client.invalidateQueries({ queryKey: [name] })),
      );
      onSaved(answer);
    });
  };

  return (
    <Form
      deed={t('call.save')}
      busy={busy}
      problem={problem && `${t('call.not_saved')} ${problem}`}
      onSubmit={save}
      onCancel={onCancel}
    >
      <label className={forms.field}>
        <span>{t('call.phone')}</span>
        <input
          type="tel"
          value={draft.phone}
          autoComplete="off"
          data-autofocus
          aria-invalid={said('phone') !== null || undefined}
          onChange={(event) => change({ phone: event.currentTarget.value })}
        />
        <small role="alert">{said('phone')}</small>
      </label>
      <div aria-live="polite">{asked ? <CallerCard phone={asked} onLeave={onCancel} /> : null}</div>
      {caller.isSuccess && !known ? <Stranger draft={draft} problem={said('name')} change={change} /> : null}
      <Choices
        legend={t('call.direction')}
        name="direction"
        value={draft.direction}
        choices={(['inbound', 'outbound'] as const).map((value) => ({ value, words: t(`call.direction.${value}`) }))}
        onChange={(direction) => change({ direction })}
      />
      <Choices
        legend={t('call.outcome')}
        name="outcome"
        value={draft.outcome}
        choices={CALL_OUTCOMES.map((value) => ({ value, words: t(`call.outcome.${value}`) }))}
        onChange={(outcome) => change({ outcome })}
      />
      {ledNowhere(draft) ? (
        <label className={forms.field}>
          <span>{t('call.times')}</span>
          <input
            className={styles.times}
            type="number"
            min={1}
            max={MOST_TIMES}
            value={draft.times}
            onChange={(event) =>
              change({ times: Math.min(MOST_TIMES, Math.max(1, Math.round(Number(event.currentTarget.value)) || 1)) })
            }
          />
          <small>{t('call.times.lead')}</small>
        </label>
      ) : null}
      <label className={forms.field}>
        <span>{t('call.text')}</span>
        <textarea
          rows={3}
          value={draft.text}
          placeholder={t('call.text.lead')}
          aria-invalid={said('text') !== null || undefined}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <small role="alert">{said('text')}</small>
      </label>
      <Lacks lacks={draft.lacks} onChange={(lacks) => change({ lacks })} />
    </Form>
  );
};

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  nextActionText,
  NO_DUE_REASONS,
  NO_DUE_WORDS,
  type CaseDetail,
  type NextActionCode,
  type NoDueReason,
} from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { asTyped, fromTyped } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { planNext, storeFactsQuery } from './ownershipRequests.js';
import { useOwnershipDeed } from './useOwnershipDeed.js';

/** What a person can plan; welcoming somebody comes from showing them the way. */
const CODES: readonly NextActionCode[] = [
  'reply',
  'call_back',
  'send_update',
  'check_store',
  'check_partner',
  'confirm_solved',
  'await_customer',
  'other',
];

/** What happens next on the case, and when: a time, or why there is none. */
export default function NextActionDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { next } = detail;
  const stores = useQuery(storeFactsQuery).data?.items ?? [];
  const { run, busy, problem } = useOwnershipDeed();
  const [code, setCode] = useState<NextActionCode>(CODES.includes(next.code) ? next.code : 'reply');
  const [text, setText] = useState(next.text ?? '');
  const [store, setStore] = useState(next.values['storeName'] ?? '');
  const [due, setDue] = useState(next.dueAt ? asTyped(intl, next.dueAt) : '');
  const [when, setWhen] = useState<NoDueReason | 'at'>(next.dueAt ? 'at' : (next.noDue ?? 'in_turn'));
  const [tried, setTried] = useState(false);
  const silent = code === 'other' && text.trim() === '';
  const timeless = when === 'at' && due === '';
  const save = async () => {
    setTried(true);
    if (silent || timeless) return;
    const values: Record<string, string> = code === 'check_store' && store ? { storeName: store } : {};
    const words = code === 'other' ? { text: text.trim() } : {};
    const time = when === 'at' ? { dueAt: fromTyped(intl, due) } : { noDue: when };
    if (await run(() => planNext(detail.id, { code, values, ...words, ...time }), true)) onClose();
  };
  return (
    <FormDialog
      title={t('next.title')}
      size={520}
      onClose={onClose}
      deed={t('next.save')}
      busy={busy}
      problem={problem}
      onSubmit={save}
    >
      <Choices
        legend={t('next.what')}
        name="code"
        value={code}
        choices={CODES.map((value) => ({
          value,
          words:
            value === 'other' ? t('next.other') : nextActionText({ code: value, values: {}, text: null }, language),
        }))}
        onChange={setCode}
      />
      {code === 'other' ? (
        <label className={forms.field}>
          <span>{t('next.text')}</span>
          <input
            value={text}
            maxLength={200}
            data-autofocus
            aria-invalid={(tried && silent) || undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <small role="alert">{tried && silent ? t('next.need_text') : null}</small>
          <small>{t('next.text.lead')}</small>
        </label>
      ) : null}
      {code === 'check_store' ? (
        <label className={forms.field}>
          <span>{t('next.store')}</span>
          <select value={store} onChange={(event) => setStore(event.currentTarget.value)}>
            <option value="">{t('next.store.any')}</option>
            {stores.map(({ id, name }) => (
              <option key={id}>{name}</option>
            ))}
          </select>
        </label>
      ) : null}
      <Choices
        legend={t('next.when')}
        name="when"
        value={when}
        choices={(['at', ...NO_DUE_REASONS] as const).map((value) => ({
          value,
          words: value === 'at' ? t('next.at') : t('next.no_due', { reason: NO_DUE_WORDS[language][value] }),
        }))}
        onChange={setWhen}
      />
      {when === 'at' ? (
        <label className={forms.field}>
          <span>{t('next.due')}</span>
          <input
            type="datetime-local"
            value={due}
            aria-invalid={(tried && timeless) || undefined}
            onChange={(event) => setDue(event.currentTarget.value)}
          />
          <small role="alert">{tried && timeless ? t('next.need_due') : null}</small>
        </label>
      ) : null}
    </FormDialog>
  );
}

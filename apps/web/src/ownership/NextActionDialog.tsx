import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import {
  nextActionText,
  NO_DUE_REASONS,
  NO_DUE_WORDS,
  type CaseDetail,
  type NextActionCode,
  type NoDueReason,
} from '#contracts';
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
  const { run, busy, failure } = useOwnershipDeed();
  const [code, setCode] = useState<NextActionCode>(CODES.includes(next.code) ? next.code : 'reply');
  const [text, setText] = useState(next.text ?? '');
  const [store, setStore] = useState(next.values['storeName'] ?? '');
  const [due, setDue] = useState(next.dueAt ? asTyped(intl, next.dueAt) : '');
  const [noDue, setNoDue] = useState<NoDueReason>(next.noDue ?? 'in_turn');
  const [dated, setDated] = useState(next.dueAt !== null);
  const [tried, setTried] = useState(false);
  const silent = code === 'other' && text.trim() === '';
  const timeless = dated && due === '';
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (silent || timeless) return;
    const values: Record<string, string> = code === 'check_store' && store ? { storeName: store } : {};
    const words = code === 'other' ? { text: text.trim() } : {};
    const when = dated ? { dueAt: fromTyped(intl, due) } : { noDue };
    if (await run(() => planNext(detail.id, { code, values, ...words, ...when }), true)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('next.title')}
      size={520}
      radius="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className={forms.form} onSubmit={(event) => void save(event)} noValidate>
        <fieldset className={forms.field}>
          <legend>{t('next.what')}</legend>
          <div className={forms.choices}>
            {CODES.map((each) => (
              <label key={each}>
                <input type="radio" name="code" checked={each === code} onChange={() => setCode(each)} />
                {each === 'other' ? t('next.other') : nextActionText({ code: each, values: {}, text: null }, language)}
              </label>
            ))}
          </div>
        </fieldset>
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
        <fieldset className={forms.field}>
          <legend>{t('next.when')}</legend>
          <div className={forms.choices}>
            <label>
              <input type="radio" name="when" checked={dated} onChange={() => setDated(true)} />
              {t('next.at')}
            </label>
            {NO_DUE_REASONS.map((each) => (
              <label key={each}>
                <input
                  type="radio"
                  name="when"
                  checked={!dated && each === noDue}
                  onChange={() => {
                    setDated(false);
                    setNoDue(each);
                  }}
                />
                {t('next.no_due', { reason: NO_DUE_WORDS[language][each] })}
              </label>
            ))}
          </div>
        </fieldset>
        {dated ? (
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
        <p className={forms.problem} role="alert">
          {failure ? `${failure.message} ${t('error.code', { code: failure.code })}` : null}
        </p>
        <div className={forms.deeds}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t('next.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

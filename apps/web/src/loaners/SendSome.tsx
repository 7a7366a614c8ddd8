import { useState } from 'react';
import type { UnmetDemand } from '#contracts';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useWords } from '../i18n/Words.js';
import { sendSome } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import { useLoanDeed } from './useLoanDeed.js';

interface Props {
  wish: UnmetDemand;
  onClose: () => void;
}

/** Some that are free elsewhere go where they are wanted, in one deed. */
export const SendSome = ({ wish, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useLoanDeed();
  const [key] = useState(newKey);
  const [fromStoreId, setFrom] = useState(wish.spare[0]?.store.id ?? '');
  const free = wish.spare.find(({ store }) => store.id === fromStoreId)?.free ?? 0;
  const [asked, setAsked] = useState(Math.max(1, Math.min(wish.waiting, free)));
  const [note, setNote] = useState('');
  const count = Math.min(asked, free);
  const send = async () => {
    const body = { fromStoreId, toStoreId: wish.store.id, count, ...(note.trim() ? { note: note.trim() } : {}) };
    const done = await run(() => sendSome({ ...body, ...(wish.model ? { modelId: wish.model.id } : {}) }, key));
    if (!done) return;
    notify(t('loaners.send.done', { count: done.sent.length, store: wish.store.name }));
    onClose();
  };
  return (
    <FormDialog
      title={t('loaners.send.title', { store: wish.store.name })}
      deed={t('loaners.send.deed', { count })}
      busy={busy}
      problem={problem}
      disabled={count < 1}
      onClose={onClose}
      onSubmit={send}
    >
      <p className={forms.lead}>
        {wish.model ? nameOf(wish.model) : t('loaners.demand.any')} ·{' '}
        {t('loaners.demand.waiting', { count: wish.waiting })}
      </p>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('loaners.send.from')}</span>
          <select value={fromStoreId} onChange={({ currentTarget }) => setFrom(currentTarget.value)}>
            {wish.spare.map((each) => (
              <option key={each.store.id} value={each.store.id}>
                {t('loaners.send.option', { store: each.store.name, count: each.free })}
              </option>
            ))}
          </select>
        </label>
        <label className={forms.field}>
          <span>{t('loaners.send.count')}</span>
          <input
            type="number"
            inputMode="numeric"
            min={1}
            max={free}
            value={count}
            data-autofocus
            onChange={({ currentTarget }) => setAsked(Math.max(1, Math.round(Number(currentTarget.value))))}
          />
        </label>
      </div>
      <label className={forms.field}>
        <span>{t('loan.reason.optional')}</span>
        <input value={note} maxLength={300} onChange={({ currentTarget }) => setNote(currentTarget.value)} />
      </label>
    </FormDialog>
  );
};

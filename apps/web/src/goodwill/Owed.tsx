import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { amountText, type CaseDetail, type Compensation } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useMay } from '../app/session.js';
import { moment } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { CompensationDialog } from './CompensationDialog.js';
import { owedQuery, withdrawCompensation } from './goodwillRequests.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';
import styles from './Goodwill.module.css';

const WithdrawDialog = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { t } = useWords();
  const { run, busy, problem } = useGoodwillDeed();
  const [reason, setReason] = useState('');
  const save = async () => {
    if (reason.trim() && (await run(() => withdrawCompensation(id, reason.trim())))) onClose();
  };
  return (
    <FormDialog
      title={t('compensation.withdraw.title')}
      deed={t('compensation.withdraw')}
      busy={busy}
      problem={problem}
      disabled={reason.trim() === ''}
      onSubmit={save}
      onClose={onClose}
    >
      <p className={forms.lead}>{t('compensation.withdraw.lead')}</p>
      <label className={forms.field}>
        <span>{t('benefit.reason')}</span>
        <textarea
          rows={2}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </label>
    </FormDialog>
  );
};

const Line = ({ one, onWithdraw }: { one: Compensation; onWithdraw: (() => void) | null }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { service, state, from, amountCents, currency, automatic, reason, terms } = one;
  const way = t(automatic ? 'compensation.automatic' : 'compensation.asked');
  const said = [t(`compensation.state.${state}`, { from: moment(intl, from) }), state === 'owed' ? way : null, reason];
  return (
    <li className={styles.benefit} data-over={state === 'withdrawn' || undefined}>
      <span className={styles.top}>
        <b>{t(`compensation.${service}`)}</b>
        {state === 'withdrawn' ? null : (
          <span className={styles.amount}>
            {amountText(amountCents, currency, language)}
            {state === 'running' ? <small> {t('compensation.so_far')}</small> : null}
          </span>
        )}
      </span>
      <span className={styles.why}>{said.filter(Boolean).join(' · ')}</span>
      <a className={styles.why} href={terms.url} target="_blank" rel="noreferrer noopener">
        {terms.source}
      </a>
      {state === 'running' && onWithdraw ? (
        <div className={styles.deeds}>
          <Button size="xs" onClick={onWithdraw}>
            {t('compensation.withdraw')}
          </Button>
        </div>
      ) : null}
    </li>
  );
};

/** What the law says is owed: beside what is given, never part of it. */
export const Owed = ({ detail, canGive }: { detail: CaseDetail; canGive: boolean }) => {
  const { t } = useWords();
  const may = useMay()('goodwill.give');
  const { data } = useQuery(owedQuery(detail.id, detail.version));
  const [adds, setAdds] = useState(false);
  const [withdrawn, setWithdrawn] = useState<string | null>(null);
  if (!data) return null;
  return (
    <div className={styles.side} role="group" aria-labelledby="compensations">
      <h4 id="compensations">{t('compensation.title')}</h4>
      {data.items.length === 0 ? <p className={styles.why}>{t('compensation.none')}</p> : null}
      <ul className={styles.list}>
        {data.items.map((one) => (
          <Line key={one.id} one={one} onWithdraw={may ? () => setWithdrawn(one.id) : null} />
        ))}
      </ul>
      {canGive ? (
        <div className={styles.foot}>
          <Button size="xs" onClick={() => setAdds(true)}>
            {t('compensation.add')}
          </Button>
        </div>
      ) : null}
      {adds ? <CompensationDialog detail={detail} onClose={() => setAdds(false)} /> : null}
      {withdrawn ? <WithdrawDialog id={withdrawn} onClose={() => setWithdrawn(null)} /> : null}
    </div>
  );
};

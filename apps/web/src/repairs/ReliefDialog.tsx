import { useState } from 'react';
import { isLacking, ReliefKind, type CaseDetail, type ImpactKind } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { IMPACT_KINDS } from '../app/vocabulary.js';
import { useWords } from '../i18n/Words.js';
import { asTyped, fromTyped } from '../i18n/moments.js';
import { planRelief } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';

/** What each usually gives back. */
const GIVES: Record<ReliefKind, ImpactKind> = {
  ...{ duplicate_sim: 'calls', loaner_esim: 'calls', call_forwarding: 'calls' },
  ...{ app_voucher: 'apps', data_voucher: 'data', other: 'other' },
};
const HOURS_MS = 3_600_000;

/** Something that gives the customer back what they lack, before the cause is fixed. */
export default function ReliefDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t, intl } = useWords();
  const { run, busy, problem } = useRepairDeed(detail);
  const lacked = detail.impacts.filter(({ state }) => isLacking(state)).map(({ kind }) => kind);
  const [kind, setKind] = useState<ReliefKind>('duplicate_sim');
  const [impact, setImpact] = useState<ImpactKind>(lacked[0] ?? 'calls');
  const [note, setNote] = useState('');
  const [due, setDue] = useState(() => asTyped(intl, new Date(Date.now() + 4 * HOURS_MS)));
  const save = async () => {
    const task = { kind, impact, note: note.trim(), dueAt: fromTyped(intl, due) };
    if (await run(() => planRelief(detail.id, task))) onClose();
  };
  const choose = (chosen: ReliefKind) => {
    setKind(chosen);
    if (lacked.length === 0 || lacked.includes(GIVES[chosen])) setImpact(GIVES[chosen]);
  };
  return (
    <FormDialog
      title={t('relief.plan')}
      deed={t('relief.plan')}
      {...{ busy, problem, onClose }}
      disabled={due === ''}
      onSubmit={save}
    >
      <p className={forms.lead}>{t('relief.lead')}</p>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('relief.what')}</span>
          <select value={kind} onChange={(event) => choose(event.currentTarget.value as ReliefKind)}>
            {ReliefKind.options.map((option) => (
              <option key={option} value={option}>
                {t(`relief.kind.${option}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={forms.field}>
          <span>{t('relief.gives')}</span>
          <select value={impact} onChange={(event) => setImpact(event.currentTarget.value as ImpactKind)}>
            {IMPACT_KINDS.map((option) => (
              <option key={option} value={option}>
                {t(`impact.${option}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <label className={forms.field}>
        <span>{t('relief.due')}</span>
        <input type="datetime-local" value={due} onChange={(event) => setDue(event.currentTarget.value)} />
      </label>
      <label className={forms.field}>
        <span>{t('repairs.note')}</span>
        <input maxLength={300} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </label>
    </FormDialog>
  );
}

import { useState } from 'react';
import type { CaseDetail, RepairOrder, RepairStage } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { asTyped, day, fromTyped, moment } from '../i18n/moments.js';
import { handBack, moveRepair, promiseReturn } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';
import styles from './Repairs.module.css';

interface Props {
  order: RepairOrder;
  detail: CaseDetail;
  onClose: () => void;
}

/** To a stage that needs a word on why. */
export const StageDialog = ({ order, detail, onClose, to }: Props & { to: RepairStage }) => {
  const { t } = useWords();
  const { run, busy, problem } = useRepairDeed(detail);
  const [reason, setReason] = useState('');
  const save = async () => {
    if (await run(() => moveRepair(order.id, { to, reason: reason.trim() }))) onClose();
  };
  return (
    <FormDialog
      title={`${order.device.name}: ${t(`repair.stage.${to}`).toLocaleLowerCase()}`}
      deed={t('repairs.move')}
      {...{ busy, problem, onClose }}
      disabled={reason.trim() === ''}
      onSubmit={save}
    >
      <label className={forms.field}>
        <span>{t('repairs.why')}</span>
        <textarea
          autoFocus
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </label>
    </FormDialog>
  );
};

/** The day the device is to be back, and each time it was said. */
export const ReturnDialog = ({ order, detail, onClose }: Props) => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useRepairDeed(detail);
  const before = order.promisedReturnAt;
  const [typed, setTyped] = useState(before ? asTyped(intl, before) : '');
  const [reason, setReason] = useState('');
  const moves = before !== null;
  const save = async () => {
    if (await run(() => promiseReturn(order.id, fromTyped(intl, typed), moves ? reason.trim() : undefined))) onClose();
  };
  return (
    <FormDialog
      title={t('repairs.return')}
      deed={t(moves ? 'repairs.return.move' : 'repairs.return.promise')}
      {...{ busy, problem, onClose }}
      disabled={typed === '' || (moves && reason.trim() === '')}
      onSubmit={save}
    >
      <label className={forms.field}>
        <span>{t('repairs.return.when')}</span>
        <input type="datetime-local" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      </label>
      {moves ? (
        <label className={forms.field}>
          <span>{t('repairs.return.why')}</span>
          <input maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <small>{t('repairs.return.told')}</small>
        </label>
      ) : (
        <p className={styles.told}>{t('repairs.return.clock')}</p>
      )}
      {order.returnMoves.length > 0 ? (
        <ul>
          {order.returnMoves.map(({ from, to, reason: why, by, at }) => (
            <li key={at} className={styles.task}>
              <span>
                {from ? `${day(intl, from)} → ${day(intl, to)}` : day(intl, to)}
                {why ? ` · ${why}` : ''}
              </span>
              <small>
                {by} · {moment(intl, at)}
              </small>
            </li>
          ))}
        </ul>
      ) : null}
    </FormDialog>
  );
};

const BACK = ['all', 'part', 'none', 'not_needed'] as const;

/** The device goes back into the hand of its owner. */
export const HandBackDialog = ({ order, detail, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useRepairDeed(detail);
  const [dataBack, setDataBack] = useState<(typeof BACK)[number] | null>(null);
  const [note, setNote] = useState('');
  const save = async () => {
    if (dataBack && (await run(() => handBack(order.id, { dataBack, note: note.trim() })))) onClose();
  };
  return (
    <FormDialog
      title={`${t('repairs.hand_back')}: ${order.device.name}`}
      deed={t('repairs.hand_back')}
      {...{ busy, problem, onClose }}
      disabled={dataBack === null}
      onSubmit={save}
    >
      <Choices
        legend={t('repairs.data_back')}
        name="data-back"
        value={dataBack}
        choices={BACK.map((value) => ({ value, words: t(`repairs.data_back.${value}`) }))}
        onChange={setDataBack}
      />
      <label className={forms.field}>
        <span>{t('repairs.note')}</span>
        <textarea rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </label>
    </FormDialog>
  );
};

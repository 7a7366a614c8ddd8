import { useState } from 'react';
import type { CaseDetail } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { firstName } from '../case/caseContext.js';
import { useWords } from '../i18n/Words.js';
import { reachable, type WholeHandoff } from './handoff.rules.js';
import { sayWord } from './handoffRequests.js';
import { useHandoffDeed } from './useHandoffDeed.js';
import styles from './Handoff.module.css';

interface Props {
  detail: CaseDetail;
  handoffs: readonly WholeHandoff[];
  text: string;
  /** A note of ours, or what was said with the customer. */
  from: 'note' | 'talk';
  onClose: () => void;
}

/** What was written for us, or between us and the customer, goes to another company: who reads it then, and in which words, is looked at before. */
export default function ShareDialog({ detail, handoffs, text: begun, from, onClose }: Props) {
  const { t } = useWords();
  const { run, busy, problem } = useHandoffDeed();
  const live = reachable(handoffs);
  const [chosen, setChosen] = useState(live[0]?.id ?? '');
  const [text, setText] = useState(begun.slice(0, 5000));
  const handoff = live.find(({ id }) => id === chosen);
  const share = async () => {
    const done = await run((key) => sayWord(chosen, { kind: 'note', text: text.trim() }, key));
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t('handoff.share')}
      deed={handoff ? t('handoff.share.do', { partner: handoff.partner.name }) : t('handoff.share')}
      {...{ busy, problem, onClose }}
      disabled={!handoff || text.trim() === ''}
      onSubmit={share}
    >
      {live.length === 0 ? <p className={forms.lead}>{t('handoff.share.nobody')}</p> : null}
      {live.length > 1 ? (
        <label className={forms.field}>
          <span>{t('handoff.partner')}</span>
          <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
            {live.map(({ id, partner, reference }) => (
              <option key={id} value={id}>
                {partner.name} · {reference}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {handoff ? (
        <>
          <p className={styles.widens}>
            {t(from === 'note' ? 'handoff.share.lead' : 'handoff.share.lead.talk', {
              partner: handoff.partner.name,
              name: firstName(detail.customer.displayName),
            })}
          </p>
          <label className={forms.field}>
            <span>{t('handoff.share.text', { partner: handoff.partner.name })}</span>
            <textarea rows={5} maxLength={5000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          </label>
        </>
      ) : null}
    </FormDialog>
  );
}

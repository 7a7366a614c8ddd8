import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CaseDetail, InteractionEntry } from '#contracts';
import { moveEntry, newKey } from '../api/requests.js';
import { CaseLookup } from '../app/CaseLookup.js';
import { FormDialog } from '../app/Form.js';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { ReasonField } from '../app/ReasonField.js';
import { useWords } from '../i18n/Words.js';
import forms from '../app/forms.module.css';
import { removeEntry } from './timelineCache.js';

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
  /** Where it is said to belong. */
  towards?: string;
  onClose: () => void;
}

/** Puts an entry on the case it belongs to: which, why, and whether its sender goes along. */
export default function MoveEntry({ entry, detail, towards = '', onClose }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const key = useRef(newKey());
  const [reference, setReference] = useState(towards);
  const [reason, setReason] = useState('');
  const [withSender, setWithSender] = useState(false);
  const [tried, setTried] = useState(false);
  const { run, busy, problem } = useDeed();
  const own = reference.trim().toUpperCase() === detail.reference.toUpperCase();
  const missing = { reference: reference.trim() === '' || own, reason: reason.trim() === '' };

  const move = async () => {
    setTried(true);
    if (missing.reference || missing.reason) return;
    await run(async () => {
      const body = { toCaseReference: reference.trim(), reason: reason.trim(), withSender };
      await moveEntry(detail.id, entry.id, body, key.current);
      removeEntry(client, detail.id, entry.id);
      notify(t('move.done', { reference: reference.trim() }));
      onClose();
      await Promise.all(
        ['timeline', 'case', 'cases', 'counts', 'health'].map((name) => client.invalidateQueries({ queryKey: [name] })),
      );
    });
  };

  return (
    <FormDialog
      title={t('move.title')}
      onClose={onClose}
      deed={t('move.do')}
      busy={busy}
      problem={problem}
      onSubmit={move}
    >
      <p className={forms.lead}>{t('move.lead', { name: entry.author.displayName })}</p>
      <CaseLookup
        label={t('move.reference')}
        value={reference}
        except={detail.id}
        problem={tried && missing.reference ? t(own ? 'move.same' : 'move.need_reference') : null}
        onChange={setReference}
      />
      <ReasonField
        label={t('move.reason')}
        value={reason}
        problem={tried && missing.reason ? t('move.need_reason') : null}
        onChange={setReason}
      />
      {entry.address ? (
        <label className={forms.check}>
          <input
            type="checkbox"
            checked={withSender}
            onChange={(event) => setWithSender(event.currentTarget.checked)}
          />
          <span>
            {t('move.with_sender', { address: entry.address })}
            <small>{t('move.with_sender.lead')}</small>
          </span>
        </label>
      ) : null}
    </FormDialog>
  );
}

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CaseDetail, InteractionEntry } from '#contracts';
import { timelineQuery } from '../api/queries.js';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { ReasonField } from '../app/ReasonField.js';
import { entriesOf, isLocal } from '../case/timeline.rules.js';
import { useWords } from '../i18n/Words.js';
import styles from './Merge.module.css';
import { refreshPeople, splitCase } from './mergeRequests.js';
import { SplitTarget, type Target } from './SplitTarget.js';
import { SplitWhat, type Chosen } from './SplitWhat.js';

interface Props {
  detail: CaseDetail;
  /** What was pointed at. */
  entryId?: string;
  problemId?: string | undefined;
  onClose: () => void;
}

/** What came in by itself or was written down here; what we sent the customer has already. */
const isSplittable = (entry: InteractionEntry): boolean =>
  !isLocal(entry) && (entry.direction === 'inbound' || (entry.channel !== 'email' && entry.channel !== 'twitter'));

/** Puts entries, or a problem, into the case of somebody else: what, whose, why, and whether its senders go along. */
export default function SplitDialog({ detail, entryId, problemId, onClose }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const key = useRef(newKey());
  const timeline = useInfiniteQuery(timelineQuery(detail.id));
  const entries = entriesOf(timeline.data?.pages ?? []).filter(
    (entry): entry is InteractionEntry => entry.type === 'interaction' && isSplittable(entry),
  );
  const [chosen, setChosen] = useState<Chosen>({ problemId: problemId ?? null, entryIds: entryId ? [entryId] : [] });
  const [target, setTarget] = useState<Target | null>(null);
  const [reason, setReason] = useState('');
  const [withSender, setWithSender] = useState(false);
  const [tried, setTried] = useState(false);
  const { run, busy, problem } = useDeed();
  const missing = {
    what: chosen.problemId === null && chosen.entryIds.length === 0,
    target: target === null,
    reason: reason.trim() === '',
  };

  const split = async () => {
    setTried(true);
    if (missing.what || missing.reason || target === null) return;
    await run(async () => {
      const to = 'id' in target ? { customerId: target.id } : { displayName: target.displayName };
      const what = { ...(chosen.problemId ? { problemId: chosen.problemId } : {}), entryIds: chosen.entryIds };
      const answer = await splitCase(detail.id, { ...what, to, reason: reason.trim(), withSender }, key.current);
      notify(t('split.done', { reference: answer.reference, name: target.displayName }));
      onClose();
      await refreshPeople(client);
    });
  };

  return (
    <FormDialog
      title={t('split.title')}
      size={520}
      onClose={onClose}
      deed={t('split.do')}
      busy={busy}
      problem={problem}
      onSubmit={split}
    >
      <p className={forms.lead}>{t('split.lead', { name: detail.customer.displayName })}</p>
      <SplitTarget except={detail.customer.id} target={target} onTarget={setTarget} />
      <p className={styles.missing} role="alert">
        {tried && missing.target ? t('split.need_target') : null}
      </p>
      <SplitWhat detail={detail} entries={entries} chosen={chosen} onChosen={setChosen} />
      <p className={styles.missing} role="alert">
        {tried && missing.what ? t('split.need_what') : null}
      </p>
      {chosen.entryIds.length > 0 ? (
        <label className={forms.check}>
          <input
            type="checkbox"
            checked={withSender}
            onChange={(event) => setWithSender(event.currentTarget.checked)}
          />
          <span>
            {t('split.with_sender')}
            <small>{t('split.with_sender.lead')}</small>
          </span>
        </label>
      ) : null}
      <ReasonField
        label={t('merge.reason')}
        value={reason}
        problem={tried && missing.reason ? t('merge.need_reason') : null}
        onChange={setReason}
      />
    </FormDialog>
  );
}

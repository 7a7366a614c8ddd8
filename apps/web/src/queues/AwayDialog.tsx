import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HandBackResult, LeftCase } from '#contracts';
import { Bone } from '../app/Bone.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { RowChip } from '../inbox/RowChip.js';
import { asTyped, fromTyped } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { awayQuery, goAway } from './awayRequests.js';
import styles from './Away.module.css';

const shouldNotWait = ({ customerWaits, dueBefore }: LeftCase): boolean => customerWaits || dueBefore;

interface LeftProps {
  left: LeftCase[];
  chosen: (left: LeftCase) => boolean;
  results: Map<string, HandBackResult>;
  onChoose: (id: string, handsBack: boolean) => void;
}

/** Each of my cases: it goes back to its queue, or waits for me. */
const Left = ({ left, chosen, results, onChoose }: LeftProps) => {
  const { t } = useWords();
  return (
    <ul className={styles.cases}>
      {left.map((each) => {
        const { id, reference, customer, problem, preview } = each.case;
        const error = results.get(id)?.error;
        return (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={chosen(each)}
                onChange={({ currentTarget: { checked } }) => onChoose(id, checked)}
              />
              <span className={styles.words}>
                <b>{customer.displayName}</b> <small>{reference}</small>
                <span>{problem ?? preview}</span>
                {error ? <small role="alert">{error.message}</small> : null}
              </span>
              <span className={styles.why}>
                <RowChip row={each.case} />
                {each.customerWaits ? <small>{t('away.waits')}</small> : null}
              </span>
            </label>
          </li>
        );
      })}
    </ul>
  );
};

/** Until when and why; and which of my cases should not wait for me. */
export default function AwayDialog({ onClose }: { onClose: () => void }) {
  const { t, intl } = useWords();
  const client = useQueryClient();
  const { run, busy, problem } = useDeed();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [choice, setChoice] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [results, setResults] = useState<ReadonlyMap<string, HandBackResult>>(new Map());
  const [tried, setTried] = useState(false);
  const until = typed === '' ? undefined : fromTyped(intl, typed);
  const { data } = useQuery({ ...awayQuery(until), staleTime: 0, placeholderData: (before) => before });
  const left = data?.left ?? [];
  const chosen = (each: LeftCase) => choice.get(each.case.id) ?? shouldNotWait(each);
  const handBack = left.filter(chosen).map((each) => each.case.id);
  const wordless = reason.trim() === '';
  const go = async () => {
    setTried(true);
    if (wordless) return;
    const went = await run(() => goAway({ reason: reason.trim(), handBack, ...(until ? { until } : {}) }));
    await Promise.all(
      ['away', 'cases', 'counts', 'case'].map((name) => client.invalidateQueries({ queryKey: [name] })),
    );
    if (!went) return;
    const failed = went.results.filter(({ error }) => error);
    if (failed.length > 0) return setResults(new Map(failed.map((result) => [result.id, result])));
    notify(t('away.gone', { count: went.results.length }));
    onClose();
  };
  return (
    <FormDialog
      title={t('away.title')}
      size={560}
      onClose={onClose}
      deed={t('away.save', { count: handBack.length })}
      busy={busy}
      problem={problem}
      onSubmit={go}
    >
      <p className={forms.lead}>{t('away.lead')}</p>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('away.reason')}</span>
          <input
            value={reason}
            maxLength={200}
            data-autofocus
            aria-invalid={(tried && wordless) || undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <small role="alert">{tried && wordless ? t('away.need_reason') : null}</small>
          <small>{t('away.reason.lead')}</small>
        </label>
        <label className={forms.field}>
          <span>{t('away.when')}</span>
          <input
            type="datetime-local"
            value={typed}
            min={asTyped(intl, new Date())}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <small>{t('away.when.lead')}</small>
        </label>
      </div>
      <fieldset className={forms.field}>
        <legend>{t('away.cases')}</legend>
        <small data-told>{data && left.length === 0 ? t('away.cases.none') : t('away.cases.lead')}</small>
        {data ? (
          <Left
            left={left}
            chosen={chosen}
            results={new Map(results)}
            onChoose={(id, handsBack) => setChoice((held) => new Map(held).set(id, handsBack))}
          />
        ) : (
          <Bone width="60%" />
        )}
      </fieldset>
    </FormDialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, HandoverBody } from '#contracts';
import { peopleQuery, storesQuery } from '../api/queries.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { handOver, queuesQuery } from './ownershipRequests.js';
import { useOwnershipDeed } from './useOwnershipDeed.js';

type Kind = 'agentId' | 'queueId' | 'storeId';
const KINDS: readonly Kind[] = ['agentId', 'storeId', 'queueId'];

/** Whoever can have it, by kind; without who has it. */
const useReceivers = (detail: CaseDetail): Record<Kind, { id: string; name: string }[]> => {
  const me = useUser();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const stores = useQuery(storesQuery).data?.items ?? [];
  const queues = useQuery(queuesQuery).data?.items ?? [];
  return {
    agentId: people
      .filter(({ id }) => id !== detail.assignee?.id)
      .map(({ id, displayName }) => ({ id, name: displayName }))
      .toSorted((a, b) => Number(b.id === me.id) - Number(a.id === me.id)),
    storeId: stores.map(({ id, name }) => ({ id, name })),
    queueId: queues.filter(({ id }) => detail.assignee !== null || id !== detail.queue?.id),
  };
};

const kindOf = (to: HandoverBody['to'] | null): Kind =>
  to && 'storeId' in to ? 'storeId' : to && 'queueId' in to ? 'queueId' : 'agentId';
const idOf = (to: HandoverBody['to'] | null): string => (to ? (Object.values(to)[0] ?? '') : '');
const asTo = (kind: Kind, id: string): HandoverBody['to'] =>
  kind === 'agentId' ? { agentId: id } : kind === 'storeId' ? { storeId: id } : { queueId: id };

interface Props {
  detail: CaseDetail;
  /** Who was chosen already. */
  to: HandoverBody['to'] | null;
  onClose: () => void;
}

/** The case goes to somebody else, and they are told why. */
export default function HandoverDialog({ detail, to, onClose }: Props) {
  const { t } = useWords();
  const { run, busy, problem } = useOwnershipDeed();
  const receivers = useReceivers(detail);
  const [kind, setKind] = useState(kindOf(to));
  const [id, setId] = useState(idOf(to));
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const wordless = reason.trim() === '';
  const save = async () => {
    setTried(true);
    if (wordless || id === '') return;
    const body: HandoverBody = { to: asTo(kind, id), reason: reason.trim(), note: note.trim() || undefined };
    if (await run(() => handOver(detail.id, body), true)) onClose();
  };
  return (
    <FormDialog
      title={t('handover.title')}
      onClose={onClose}
      deed={t('handover.save')}
      busy={busy}
      problem={problem}
      onSubmit={save}
    >
      <p className={forms.lead}>{t('handover.lead')}</p>
      <Choices
        legend={t('handover.to')}
        name="kind"
        value={kind}
        choices={KINDS.map((value) => ({ value, words: t(`handover.${value}`) }))}
        onChange={(chosen) => {
          setKind(chosen);
          setId('');
        }}
      />
      <label className={forms.field}>
        <span>{t('handover.who')}</span>
        <select
          value={id}
          aria-invalid={(tried && id === '') || undefined}
          onChange={(event) => setId(event.currentTarget.value)}
        >
          <option value="">{t('handover.choose')}</option>
          {receivers[kind].map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
        <small role="alert">{tried && id === '' ? t('handover.need_who') : null}</small>
      </label>
      <label className={forms.field}>
        <span>{t('handover.reason')}</span>
        <input
          value={reason}
          maxLength={300}
          data-autofocus
          aria-invalid={(tried && wordless) || undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <small role="alert">{tried && wordless ? t('handover.need_reason') : null}</small>
        <small>{t('handover.reason.lead')}</small>
      </label>
      <label className={forms.field}>
        <span>{t('handover.note')}</span>
        <textarea rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </label>
    </FormDialog>
  );
}

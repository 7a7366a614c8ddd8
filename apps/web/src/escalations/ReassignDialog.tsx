import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EscalationOutcomes } from '#contracts';
import { peopleQuery } from '../api/queries.js';
import forms from '../app/forms.module.css';
import { FormDialog } from '../app/Form.js';
import { useDeed } from '../app/useDeed.js';
import { queuesQuery } from '../dashboard/dashboardRequests.js';
import { useWords } from '../i18n/Words.js';
import { reassign } from './escalationRequests.js';

interface Props {
  ids: string[];
  onDone: (outcomes: EscalationOutcomes) => void;
  onClose: () => void;
}

/** Somebody else has these cases from now on, or a queue; always with a reason. */
export const ReassignDialog = ({ ids, onDone, onClose }: Props) => {
  const { t } = useWords();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useDeed();
  const [kind, id = ''] = to.split(' ');
  const send = async () => {
    const whom = kind === 'queue' ? { queueId: id } : { assigneeId: id };
    const outcomes = await run(() => reassign({ ids, reason: reason.trim(), ...whom }));
    if (outcomes) onDone(outcomes);
  };
  return (
    <FormDialog
      title={t('escalation.reassign.title', { count: ids.length })}
      deed={t('escalation.reassign')}
      busy={busy}
      problem={problem}
      disabled={id === '' || reason.trim() === ''}
      onSubmit={send}
      onClose={onClose}
    >
      <label className={forms.field}>
        <span>{t('escalation.reassign.to')}</span>
        <select value={to} data-autofocus onChange={({ currentTarget: { value } }) => setTo(value)}>
          <option value="">{t('escalation.reassign.choose')}</option>
          <optgroup label={t('escalation.reassign.people')}>
            {people.map((person) => (
              <option key={person.id} value={`agent ${person.id}`}>
                {person.displayName}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('escalation.reassign.queues')}>
            {queues.map((queue) => (
              <option key={queue.id} value={`queue ${queue.id}`}>
                {queue.name}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('escalation.reassign.reason')}</span>
        <input value={reason} maxLength={300} onChange={({ currentTarget: { value } }) => setReason(value)} />
      </label>
    </FormDialog>
  );
};

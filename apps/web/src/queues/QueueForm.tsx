import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Queue } from '#contracts';
import { peopleQuery } from '../api/queries.js';
import { Choices } from '../app/Choices.js';
import { Confirm } from '../app/Confirm.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { brief } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { changeQueue, removeQueue, setMembers } from './queueRequests.js';
import { skillsOf } from './skills.rules.js';
import { useQueueDeed } from './useQueueDeed.js';
import styles from './Queues.module.css';

const KINDS = ['work', 'escalation'] as const;

interface MembersProps {
  queue: Queue;
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Everybody, those of the store first where it is one's; ticked are the members. */
const Members = ({ queue, chosen, onChange }: MembersProps) => {
  const { t } = useWords();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const fitting = people.filter(
    ({ storeId }) => queue.storeId === null || storeId === queue.storeId || storeId === null,
  );
  return (
    <fieldset className={forms.field}>
      <legend>{t('queues.members')}</legend>
      <small>{t(queue.storeId ? 'queues.members.store' : 'queues.members.none')}</small>
      <div className={styles.people}>
        {fitting.map(({ id, displayName }) => (
          <label key={id} className={forms.check}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
            />
            <span>{displayName}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** A queue: what it is called and for, what it takes, and who works it. */
export const QueueForm = ({ queue }: { queue: Queue }) => {
  const { t, intl } = useWords();
  const navigate = useNavigate();
  const { run, busy, problem } = useQueueDeed();
  const [name, setName] = useState(queue.name);
  const [kind, setKind] = useState(queue.kind);
  const [typed, setTyped] = useState(queue.skills.join(', '));
  const [members, setChosen] = useState(() => queue.people.map(({ id }) => id));
  const [removing, setRemoving] = useState(false);
  const skills = skillsOf(typed);
  const { id, waiting, capped, oldestAt, isDefault, storeId } = queue;
  const save = async () => {
    if (!skills) return;
    const saved = await run(async () => {
      await changeQueue(id, { name: name.trim(), kind, skills });
      return setMembers(id, members);
    });
    if (saved) notify(t('queues.saved'));
  };
  const remove = async () => {
    await removeQueue(id);
    await run(() => navigate({ to: '/queues', search: {} }));
  };
  return (
    <article className={styles.queue} aria-label={queue.name}>
      <p className={styles.facts}>
        <span>{t('queues.waiting', { count: waiting, capped })}</span>
        {oldestAt ? <span>{t('queues.oldest', { when: brief(intl, oldestAt) })}</span> : null}
        {isDefault ? <span>{t('queues.default')}</span> : null}
        {storeId ? <span>{t('queues.store')}</span> : null}
      </p>
      <Form
        deed={t('queues.save')}
        busy={busy}
        problem={problem}
        disabled={name.trim() === '' || !skills}
        onSubmit={save}
        aside={
          isDefault || storeId ? null : (
            <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
              {t('queues.remove')}
            </Button>
          )
        }
      >
        <label className={forms.field}>
          <span>{t('queues.name')}</span>
          <input value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <Choices
          legend={t('queues.kind')}
          name="kind"
          value={kind}
          choices={KINDS.map((value) => ({ value, words: t(`queues.kind.${value}`) }))}
          onChange={setKind}
        />
        <label className={forms.field}>
          <span>{t('queues.skills')}</span>
          <input
            value={typed}
            aria-invalid={!skills || undefined}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <small role="alert">{skills ? null : t('queues.skills.wrong')}</small>
          <small>{t('queues.skills.lead')}</small>
        </label>
        <Members queue={queue} chosen={members} onChange={setChosen} />
      </Form>
      {removing ? (
        <Confirm
          title={t('queues.remove.title', { name: queue.name })}
          lead={t('queues.remove.lead')}
          deed={t('queues.remove')}
          grave
          run={remove}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </article>
  );
};

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Language, Worker } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { LANGUAGE_NAMES } from '../app/languageSwitch.js';
import { Trouble } from '../app/Trouble.js';
import { brief } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { changeWorker, workersQuery } from './queueRequests.js';
import { skillsOf } from './skills.rules.js';
import { useQueueDeed } from './useQueueDeed.js';
import styles from './Queues.module.css';

const LANGUAGES: readonly Language[] = ['es', 'en'];
const capacityOf = (typed: string): number | null => {
  const capacity = /^\d{1,4}$/u.test(typed.trim()) ? Number(typed) : null;
  return capacity !== null && capacity <= 1000 ? capacity : null;
};

/** What routing knows of a person. */
const WorkerDialog = ({ worker, onClose }: { worker: Worker; onClose: () => void }) => {
  const { t } = useWords();
  const { run, busy, problem } = useQueueDeed();
  const [capacity, setCapacity] = useState(String(worker.capacity));
  const [typed, setTyped] = useState(worker.skills.join(', '));
  const [languages, setLanguages] = useState(worker.languages);
  const [skills, most] = [skillsOf(typed), capacityOf(capacity)];
  const save = async () => {
    if (skills === null || most === null) return;
    if (await run(() => changeWorker(worker.id, { skills, languages, capacity: most }))) onClose();
  };
  return (
    <FormDialog
      title={worker.displayName}
      onClose={onClose}
      deed={t('queues.save')}
      busy={busy}
      problem={problem}
      disabled={skills === null || most === null}
      onSubmit={save}
    >
      <label className={forms.field}>
        <span>{t('workers.capacity')}</span>
        <input
          value={capacity}
          inputMode="numeric"
          data-autofocus
          aria-invalid={most === null || undefined}
          onChange={(event) => setCapacity(event.currentTarget.value)}
        />
        <small role="alert">{most === null ? t('workers.capacity.wrong') : null}</small>
      </label>
      <label className={forms.field}>
        <span>{t('workers.skills')}</span>
        <input
          value={typed}
          aria-invalid={skills === null || undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <small role="alert">{skills === null ? t('queues.skills.wrong') : null}</small>
      </label>
      <fieldset className={forms.field}>
        <legend>{t('workers.languages')}</legend>
        <small>{t('workers.languages.lead')}</small>
        {LANGUAGES.map((language) => (
          <label key={language} className={forms.check}>
            <input
              type="checkbox"
              checked={languages.includes(language)}
              onChange={({ currentTarget: { checked } }) =>
                setLanguages(checked ? [...languages, language] : languages.filter((each) => each !== language))
              }
            />
            <span lang={language}>{LANGUAGE_NAMES[language]}</span>
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
};

const State = ({ worker: { away, onShift } }: { worker: Worker }) => {
  const { t, intl } = useWords();
  if (away)
    return (
      <span data-state="away">
        {away.until
          ? t('workers.away.until', { reason: away.reason, when: brief(intl, away.until) })
          : t('workers.away', { reason: away.reason })}
      </span>
    );
  return <span data-state={onShift ? 'on' : 'off'}>{t(onShift ? 'workers.on' : 'workers.off')}</span>;
};

const Row = ({ worker, onEdit }: { worker: Worker; onEdit: () => void }) => {
  const { t } = useWords();
  const { displayName, role, store, load, capacity, skills, languages } = worker;
  return (
    <tr>
      <th scope="row">
        <span className={styles.person}>
          <Avatar name={displayName} size={28} />
          <span>
            {displayName}
            <small>{store ? store.name : t(`role.${role}`)}</small>
          </span>
        </span>
      </th>
      <td data-label={t('workers.state')}>
        <State worker={worker} />
      </td>
      <td data-label={t('workers.load')} data-full={load >= capacity || undefined}>
        {t('workers.load.of', { load, capacity })}
      </td>
      <td data-label={t('workers.skills')}>
        <span>
          {skills.length === 0 ? '–' : null}
          {skills.map((skill) => (
            <span key={skill} className={styles.skill}>
              {skill}
            </span>
          ))}
        </span>
      </td>
      <td data-label={t('workers.languages')}>
        {languages.length > 0 ? languages.map((each) => LANGUAGE_NAMES[each]).join(', ') : t('workers.any')}
      </td>
      <td>
        <Button size="xs" aria-label={t('workers.edit.of', { name: displayName })} onClick={onEdit}>
          {t('workers.edit')}
        </Button>
      </td>
    </tr>
  );
};

/** Who cases can come to, what they can do, and how much they have. */
export const Workers = () => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(workersQuery);
  const [edited, setEdited] = useState<Worker | null>(null);
  if (isError) return <Trouble what={t('queues.tab.people')} error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('workers.name')}</th>
            <th scope="col">{t('workers.state')}</th>
            <th scope="col">{t('workers.load')}</th>
            <th scope="col">{t('workers.skills')}</th>
            <th scope="col">{t('workers.languages')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {data?.items.map((worker) => (
            <Row key={worker.id} worker={worker} onEdit={() => setEdited(worker)} />
          ))}
        </tbody>
      </table>
      {edited ? <WorkerDialog key={edited.id} worker={edited} onClose={() => setEdited(null)} /> : null}
    </>
  );
};

import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Incident } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { asTyped, fromTyped } from '../i18n/moments.js';
import { changeIncident } from './incidentRequests.js';
import { useIncidentDeed } from './useIncidentDeed.js';

const DAY_MS = 86_400_000;

interface Props {
  incident: Incident;
  /** It is: now its customers are told. */
  onResolved: () => void;
  onClose: () => void;
}

/** It works again, as far as we know. Each case says for itself whether it does for its customer. */
export default function ResolveDialog({ incident, onResolved, onClose }: Props) {
  const { t } = useWords();
  const intl = useIntl();
  const { run, busy, problem } = useIncidentDeed();
  const [sure, setSure] = useState(true);
  const [due, setDue] = useState(() => asTyped(intl, new Date(Date.now() + DAY_MS)));
  const resolve = async () => {
    const next = sure ? { next: { dueAt: fromTyped(intl, due) } } : {};
    if (await run(() => changeIncident(incident.id, { state: 'resolved', ...next }))) onResolved();
  };
  return (
    <FormDialog
      title={t('incident.resolve')}
      deed={t('incident.resolve.deed')}
      busy={busy}
      problem={problem}
      disabled={sure && !due}
      onSubmit={resolve}
      onClose={onClose}
    >
      <p className={forms.lead}>
        {t('incident.resolve.lead', { count: incident.openCases, lacking: incident.lacking })}
      </p>
      <label className={forms.check}>
        <input type="checkbox" checked={sure} onChange={({ target }) => setSure(target.checked)} />
        <span>
          {t('incident.resolve.sure')}
          <small>{t('incident.resolve.sure.hint')}</small>
        </span>
      </label>
      {sure ? (
        <label className={forms.field}>
          <span>{t('incident.resolve.by')}</span>
          <input type="datetime-local" value={due} onChange={({ target }) => setDue(target.value)} />
        </label>
      ) : null}
      <p className={forms.lead}>{t('incident.resolve.then')}</p>
    </FormDialog>
  );
}

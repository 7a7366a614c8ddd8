import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { INCIDENT_KINDS, type IncidentKind } from '#contracts';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import { FilterFields, filterOf, NOTHING_ASKED } from './FilterFields.js';
import { openIncident } from './incidentRequests.js';
import { useIncidentDeed } from './useIncidentDeed.js';

interface Props {
  /** Cases it begins with. */
  caseIds: string[];
  onOpened?: () => void;
  onClose: () => void;
}

const KINDS = Object.keys(INCIDENT_KINDS) as IncidentKind[];

/** What is broken, what customers are told, and by what new cases are suggested. */
export default function OpenIncidentDialog({ caseIds, onOpened, onClose }: Props) {
  const { t } = useWords();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const { run, busy, problem } = useIncidentDeed();
  const [key] = useState(newKey);
  const [kind, setKind] = useState<IncidentKind>('network');
  const [words, setWords] = useState({ title: '', reference: '', es: '', en: '' });
  const [look, setLook] = useState(NOTHING_ASKED);
  const says = (field: keyof typeof words) => ({
    value: words[field],
    onChange: ({ target }: { target: { value: string } }) => setWords({ ...words, [field]: target.value }),
  });
  const complete = words.title.trim() && words.es.trim() && words.en.trim();
  const open = async () => {
    const filter = filterOf(look);
    const incident = await run(() =>
      openIncident(
        {
          ...{ title: words.title.trim(), kind, told: { es: words.es.trim(), en: words.en.trim() } },
          ...(words.reference.trim() ? { reference: words.reference.trim() } : {}),
          ...(filter ? { look: filter } : {}),
          ...(caseIds.length > 0 ? { caseIds } : {}),
        },
        key,
      ),
    );
    if (!incident) return;
    onOpened?.();
    onClose();
    await navigate({ to: '/incidents/$id', params: { id: incident.id } });
  };
  return (
    <FormDialog
      title={t('incident.open')}
      size={600}
      deed={t('incident.open.deed', { count: caseIds.length })}
      busy={busy}
      problem={problem}
      disabled={!complete}
      onSubmit={open}
      onClose={onClose}
    >
      <p className={forms.lead}>{t('incident.open.lead', { count: caseIds.length })}</p>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('incident.title')}</span>
          <input {...says('title')} maxLength={120} required data-autofocus placeholder={t('incident.title.example')} />
        </label>
        <label className={forms.field}>
          <span>{t('incident.reference')}</span>
          <input {...says('reference')} maxLength={60} />
        </label>
      </div>
      <Choices
        legend={t('incident.kind')}
        name="kind"
        value={kind}
        choices={KINDS.map((value) => ({ value, words: INCIDENT_KINDS[value][language] }))}
        onChange={setKind}
      />
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('incident.told.es')}</span>
          <textarea {...says('es')} lang="es" maxLength={500} required />
        </label>
        <label className={forms.field}>
          <span>{t('incident.told.en')}</span>
          <textarea {...says('en')} lang="en" maxLength={500} required />
        </label>
      </div>
      <details>
        <summary>{t('incident.look')}</summary>
        <div className={forms.form}>
          <p className={forms.lead}>{t('incident.look.lead')}</p>
          <FilterFields value={look} onChange={setLook} />
        </div>
      </details>
    </FormDialog>
  );
}

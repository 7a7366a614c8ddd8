import { useState } from 'react';
import type { FilterPreview, Incident } from '#contracts';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import { notify } from '../app/notices.js';
import { useWords } from '../i18n/Words.js';
import { FilterFields, filterOf, typedOf } from './FilterFields.js';
import { addCases, previewFilter } from './incidentRequests.js';
import { useIncidentDeed } from './useIncidentDeed.js';
import styles from './Incident.module.css';

/** Finds open cases that are alike, shows how many and which, and then adds them. */
export default function AddByFilter({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const { t } = useWords();
  const { run, busy, problem } = useIncidentDeed();
  const [typed, setTyped] = useState(() => typedOf(incident.look));
  const [found, setFound] = useState<FilterPreview | null>(null);
  const filter = filterOf(typed);
  const go = async () => {
    if (!filter) return;
    if (!found) return setFound(await run(() => previewFilter(incident.id, filter)));
    const added = await run(() => addCases(incident.id, { filter }, newKey()));
    if (!added) return;
    const count = added.items.filter(({ outcome }) => outcome === 'added').length;
    notify(t('incident.filter.added', { count }));
    onClose();
  };
  return (
    <FormDialog
      title={t('incident.add')}
      size={600}
      deed={found ? t('incident.filter.add', { count: found.count }) : t('incident.filter.find')}
      busy={busy}
      problem={problem}
      disabled={!filter || found?.count === 0}
      onSubmit={go}
      onClose={onClose}
    >
      <FilterFields
        value={typed}
        onChange={(next) => {
          setTyped(next);
          setFound(null);
        }}
      />
      <div role="status" className={styles.found}>
        {found ? (
          <>
            <p>
              <b>{t('incident.filter.found', { count: found.count })}</b>{' '}
              {found.already > 0 ? t('incident.filter.already', { count: found.already }) : null}{' '}
              {found.capped ? t('incident.filter.capped') : null}
            </p>
            <ul>
              {found.cases.map(({ caseId, customer, preview, reference }) => (
                <li key={caseId}>
                  <b>{customer}</b> <span>{preview ? `“${preview}”` : reference}</span>
                </li>
              ))}
            </ul>
            {found.count > found.cases.length ? (
              <p>{t('incident.filter.rest', { count: found.count - found.cases.length })}</p>
            ) : null}
          </>
        ) : null}
      </div>
    </FormDialog>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronUp, Siren } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { CaseDetail, CaseIncidents } from '#contracts';
import { newKey } from '../api/requests.js';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { addCases, caseIncidentsQuery } from './incidentRequests.js';
import { Told } from './Told.js';
import { useIncidentDeed } from './useIncidentDeed.js';
import styles from './Incident.module.css';

type Alike = CaseIncidents['suggested'][number];

/** Above the story: the incident a case is part of, and what to say; or one it looks like a part of. */
export const IncidentStrip = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const found = useQuery(caseIncidentsQuery(detail.id, detail.version)).data;
  const { run, busy } = useIncidentDeed();
  const mine = found?.items ?? [];
  const [suggested] = may('case.read_all') ? (found?.suggested ?? []) : [];
  const decides = may('supervise');
  const add = async ({ id }: Alike) => {
    const done = await run(() => addCases(id, { caseIds: [detail.id] }, newKey()), false);
    if (done) notify(t(decides ? 'incident.added' : 'incident.proposed'));
  };
  return (
    <div role="status" aria-label={t('incident.strip')}>
      {mine.map((incident) => (
        <Line key={incident.id} incident={incident}>
          {t(incident.membership === 'proposed' ? 'incident.strip.proposed' : `incident.strip.${incident.state}`)}
        </Line>
      ))}
      {suggested ? (
        <Line
          key={suggested.id}
          incident={suggested}
          deed={
            <Button size="xs" loading={busy} onClick={() => void add(suggested)}>
              {t(decides ? 'incident.strip.add' : 'incident.strip.propose')}
            </Button>
          }
        >
          {t('incident.strip.suggested')}
        </Line>
      ) : null}
    </div>
  );
};

const Line = ({ incident, deed, children }: { incident: Alike; deed?: ReactNode; children: ReactNode }) => {
  const { t } = useWords();
  const may = useMay();
  const fold = useId();
  const [unfolded, setUnfolded] = useState(false);
  const { id, title, told } = incident;
  return (
    <div className={styles.strip}>
      <Siren size={14} aria-hidden />
      <p>
        {children}{' '}
        {may('case.read_all') ? (
          <Link to="/incidents/$id" params={{ id }}>
            {title}
          </Link>
        ) : (
          <b>{title}</b>
        )}
      </p>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={unfolded}
        aria-controls={fold}
        onClick={() => setUnfolded(!unfolded)}
      >
        {t('incident.told')} {unfolded ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
      </button>
      {deed}
      <div id={fold} className={styles.fold} hidden={!unfolded}>
        <Told told={told} />
      </div>
    </div>
  );
};

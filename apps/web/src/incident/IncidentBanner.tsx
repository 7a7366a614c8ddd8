import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { ChevronDown, ChevronUp, Siren, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useMay, useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { openIncidentsQuery } from './incidentRequests.js';
import { Told } from './Told.js';
import styles from './Incident.module.css';

const PREFIX = 'hilo.incident.';

/** On every screen while an incident goes on: which, and what to tell whoever asks. Put aside, it stays so until another is opened. */
export const IncidentBanner = () => {
  const { t } = useWords();
  const { id: me } = useUser();
  const may = useMay();
  const fold = useId();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const open = useQuery({ ...openIncidentsQuery, enabled: may('case.read_all') }).data?.items ?? [];
  const [aside, setAside] = useState(() => localStorage.getItem(PREFIX + me));
  const [unfolded, setUnfolded] = useState(false);
  const signature = open.map(({ id }) => id).join(' ');
  const [first, ...others] = open;
  const shown = first && signature !== aside && !path.startsWith('/incidents');
  const putAside = () => {
    localStorage.setItem(PREFIX + me, signature);
    setAside(signature);
  };
  return (
    <div role="status" aria-label={t('incident.banner')}>
      {shown ? (
        <div className={styles.banner} data-case={path.startsWith('/cases') || undefined}>
          <Siren size={16} aria-hidden />
          <p>
            <b>{first.title}</b> <span>{t('incident.cases.count', { count: first.openCases })}</span>{' '}
            {others.length > 0 ? <span>{t('incident.banner.more', { count: others.length })}</span> : null}
          </p>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={unfolded}
            aria-controls={fold}
            onClick={() => setUnfolded(!unfolded)}
          >
            {t('incident.told')}{' '}
            {unfolded ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
          </button>
          <Link to="/incidents/$id" params={{ id: first.id }}>
            {t('incident.see')}
          </Link>
          <button type="button" className={styles.aside} onClick={putAside} aria-label={t('banner.dismiss')}>
            <X size={16} aria-hidden />
          </button>
          <div id={fold} className={styles.fold} hidden={!unfolded}>
            <Told told={first.told} />
          </div>
        </div>
      ) : null}
    </div>
  );
};

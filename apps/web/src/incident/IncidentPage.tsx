import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { CircleCheck, Filter, Send, Siren } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { INCIDENT_KINDS, type Incident } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Page } from '../app/Page.js';
import pages from '../app/page.module.css';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { IncidentCases } from './IncidentCases.js';
import { incidentQuery } from './incidentRequests.js';
import { Told } from './Told.js';
import { Updates } from './Updates.js';
import styles from './IncidentPage.module.css';

const UpdateDialog = lazy(() => import('./UpdateDialog.js'));
const AddByFilter = lazy(() => import('./AddByFilter.js'));
const ResolveDialog = lazy(() => import('./ResolveDialog.js'));

type Asked = 'update' | 'restored' | 'filter' | 'resolve' | null;

/** One incident: what customers are told, what was written to them and how far that is, and every case of it. */
export const IncidentPage = () => {
  const { t } = useWords();
  const { id } = useParams({ from: '/inside/incidents/$id' });
  const { data, error, refetch } = useQuery(incidentQuery(id));
  const may = useMay();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  if (!data)
    return (
      <Page title={t('incidents.title')} crumb={<Up />}>
        {error ? (
          <Trouble what={t('incident.trouble')} error={error} onRetry={() => void refetch()} />
        ) : (
          <div className={pages.bones}>
            <Bone width="50%" height={20} />
            <Bone width="70%" />
          </div>
        )}
      </Page>
    );
  return (
    <Page
      crumb={<Up />}
      title={data.title}
      beside={<State state={data.state} />}
      tools={may('supervise') ? <Deeds incident={data} onAsk={setAsked} /> : null}
      lead={<Facts incident={data} />}
    >
      <div className={styles.body}>
        <section aria-label={t('incident.told')}>
          <h2>{t('incident.told')}</h2>
          <Told told={data.told} />
        </section>
        <Updates incident={data} />
        {data.proposed > 0 ? <IncidentCases incident={data} state="proposed" /> : null}
        <IncidentCases incident={data} state="in" />
      </div>
      <Suspense fallback={null}>
        {asked === 'update' || asked === 'restored' ? (
          <UpdateDialog incident={data} kind={asked} onClose={close} />
        ) : null}
        {asked === 'filter' ? <AddByFilter incident={data} onClose={close} /> : null}
        {asked === 'resolve' ? (
          <ResolveDialog incident={data} onResolved={() => setAsked('restored')} onClose={close} />
        ) : null}
      </Suspense>
    </Page>
  );
};

const Up = () => <Link to="/incidents">{useWords().t('incidents.title')}</Link>;

const State = ({ state }: Pick<Incident, 'state'>) => {
  const { t } = useWords();
  return (
    <span className={styles.state} data-state={state}>
      {state === 'open' ? <Siren size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />}{' '}
      {t(`incident.state.${state}`)}
    </span>
  );
};

const Deeds = ({ incident, onAsk }: { incident: Incident; onAsk: (what: Asked) => void }) => {
  const { t } = useWords();
  const isOpen = incident.state === 'open';
  return (
    <>
      {isOpen ? (
        <>
          <Button size="xs" leftSection={<Filter size={14} aria-hidden />} onClick={() => onAsk('filter')}>
            {t('incident.add')}
          </Button>
          <Button size="xs" leftSection={<CircleCheck size={14} aria-hidden />} onClick={() => onAsk('resolve')}>
            {t('incident.resolve')}
          </Button>
        </>
      ) : null}
      <Button
        size="xs"
        variant="filled"
        leftSection={<Send size={14} aria-hidden />}
        disabled={incident.cases === 0}
        onClick={() => onAsk(isOpen ? 'update' : 'restored')}
      >
        {t('incident.write')}
      </Button>
    </>
  );
};

const Facts = ({ incident }: { incident: Incident }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { kind, reference, openedBy, openedAt, resolvedBy, resolvedAt, cases, lacking } = incident;
  return (
    <>
      <p>
        {INCIDENT_KINDS[kind][language]}
        {reference ? ` · ${reference}` : ''} ·{' '}
        {t('incident.opened_by', { name: openedBy.displayName, at: moment(intl, openedAt) })}
        {resolvedBy && resolvedAt
          ? ` · ${t('incident.resolved_by', { name: resolvedBy.displayName, at: moment(intl, resolvedAt) })}`
          : ''}
      </p>
      <p>
        <b>{t('incident.cases.count', { count: cases })}</b> · {t('incident.open.count', { count: incident.openCases })}{' '}
        · {t('incident.lacking.count', { count: lacking })}
      </p>
    </>
  );
};

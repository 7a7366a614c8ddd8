import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { INCIDENT_KINDS, type Incident } from '#contracts';
import { SupervisionPage } from '../analysis/SupervisionPage.js';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { Tabs } from '../app/Page.js';
import pages from '../app/page.module.css';
import { Trouble } from '../app/Trouble.js';
import { useMay } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { incidentsQuery } from './incidentRequests.js';
import { OpenIncidentButton } from './OpenIncidentButton.js';
import styles from './IncidentPage.module.css';

const STATES = ['open', 'resolved'] as const;

const States = () => {
  const { t } = useWords();
  return (
    <Tabs label={t('incidents.tabs')}>
      {STATES.map((each) => (
        <Link
          key={each}
          to="/incidents"
          search={each === 'open' ? {} : { state: each }}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {t(`incidents.${each}`)}
        </Link>
      ))}
    </Tabs>
  );
};

/** What is broken for many, and what was. */
export const IncidentsPage = () => {
  const { t } = useWords();
  const { state = 'open' } = useSearch({ from: '/inside/incidents' });
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    incidentsQuery(state),
  );
  const supervises = useMay()('supervise');
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <SupervisionPage
      title={t('incidents.title')}
      tools={
        <>
          <States />
          {supervises ? <OpenIncidentButton size="xs" /> : null}
        </>
      }
    >
      {isPending ? (
        <div className={pages.bones}>
          <Bone width="60%" />
          <Bone width="40%" />
        </div>
      ) : null}
      {error ? <Trouble what={t('incidents.trouble')} error={error} onRetry={() => void refetch()} /> : null}
      {data && items.length === 0 ? (
        <Empty title={t(`incidents.empty.${state}`)} lead={t('incidents.empty.lead')} />
      ) : null}
      {items.length > 0 ? (
        <ul className={styles.list}>
          {items.map((incident) => (
            <Row key={incident.id} incident={incident} />
          ))}
        </ul>
      ) : null}
      {hasNextPage ? (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('incident.more')}
        </Button>
      ) : null}
    </SupervisionPage>
  );
};

const Row = ({ incident }: { incident: Incident }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { id, title, kind, reference, openedAt, openCases, lacking, cases } = incident;
  return (
    <li>
      <Link to="/incidents/$id" params={{ id }}>
        <b>{title}</b>
        <span>
          {INCIDENT_KINDS[kind][language]}
          {reference ? ` · ${reference}` : ''} · {moment(intl, openedAt)}
        </span>
        <span className={styles.figures}>
          <span>{t('incident.cases.count', { count: cases })}</span>
          {openCases < cases ? <span>{t('incident.open.count', { count: openCases })}</span> : null}
          {lacking > 0 ? <strong>{t('incident.lacking.count', { count: lacking })}</strong> : null}
        </span>
      </Link>
    </li>
  );
};

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Incident, IncidentCase, MembershipState } from '#contracts';
import { newKey } from '../api/requests.js';
import { ChannelGlyph } from '../app/glyphs.js';
import { useHomeView, useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import { addCases, incidentCasesQuery, removeCases } from './incidentRequests.js';
import { useIncidentDeed } from './useIncidentDeed.js';
import styles from './IncidentPage.module.css';

/** The cases that are part of an incident, or those agents say should be. */
export const IncidentCases = ({ incident, state }: { incident: Incident; state: MembershipState }) => {
  const { t } = useWords();
  const may = useMay();
  const { run, busy } = useIncidentDeed();
  const query = useInfiniteQuery(incidentCasesQuery(incident.id, state));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isOpen = incident.state === 'open';
  const decides = may('supervise') && isOpen;
  const take = (caseIds: string[]) => run(() => addCases(incident.id, { caseIds }, newKey()), false);
  const remove = (caseIds: string[]) => run(() => removeCases(incident.id, caseIds), false);
  return (
    <section aria-label={t(`incident.cases.${state}`)}>
      <h2>
        {t(`incident.cases.${state}`)} <small>{state === 'in' ? incident.cases : incident.proposed}</small>
      </h2>
      {state === 'in' && query.isSuccess && items.length === 0 ? (
        <p className={styles.quiet}>{t('incident.cases.none')}</p>
      ) : null}
      <ul className={styles.cases}>
        {items.map((item) => (
          <Row key={item.caseId} item={item}>
            {decides && state === 'proposed' ? (
              <Button size="xs" loading={busy} onClick={() => void take([item.caseId])}>
                {t('incident.accept')}
              </Button>
            ) : null}
            {decides ? (
              <button
                type="button"
                disabled={busy}
                aria-label={t('incident.remove', { name: item.customer })}
                title={t('incident.remove', { name: item.customer })}
                onClick={() => void remove([item.caseId])}
              >
                <X size={14} aria-hidden />
              </button>
            ) : null}
          </Row>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('incident.more')}
        </Button>
      ) : null}
    </section>
  );
};

const Row = ({ item, children }: { item: IncidentCase; children: ReactNode }) => {
  const { t } = useWords();
  const view = useHomeView();
  const { reference, customer, problem, status, lacks, channels, assignee } = item;
  return (
    <li>
      <Link to="/cases/$reference" params={{ reference }} search={{ view }}>
        <b>{customer}</b> <span>{problem ?? reference}</span>
      </Link>
      <span className={styles.glyphs}>
        {lacks.map((kind) => (
          <ImpactGlyph key={kind} kind={kind} size={13} label={t('impact.reported', { kind: t(`impact.${kind}`) })} />
        ))}
        {channels.map((channel) => (
          <ChannelGlyph key={channel} channel={channel} size={13} aria-label={t(`channel.${channel}.name`)} />
        ))}
      </span>
      <span className={styles.quiet}>
        {t(`status.${status}`)}
        {assignee ? ` · ${assignee.displayName}` : ''}
      </span>
      <span className={styles.rowDeeds}>{children}</span>
    </li>
  );
};

import { Menu, ScrollArea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Flag, Inbox, Milestone, Siren, UserRoundPlus, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BulkDeed, Priority } from '#contracts';
import { peopleQuery } from '../api/queries.js';
import { useMay, useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { openIncidentsQuery } from '../incident/incidentRequests.js';
import { queuesQuery } from '../ownership/ownershipRequests.js';
import styles from './Bulk.module.css';

interface Props {
  busy: boolean;
  onDeed: (deed: BulkDeed) => void;
  onNewIncident: () => void;
}

const PRIORITIES: Priority[] = ['critical', 'high', 'normal', 'low'];
const STATUSES = ['understood', 'in_solution', 'restored', 'closed', 'spam'] as const;
const WAITS = ['customer', 'partner', 'parts', 'courier'] as const;

const Deeds = ({
  label,
  Glyph,
  busy,
  children,
}: {
  label: string;
  Glyph: LucideIcon;
  busy: boolean;
  children: ReactNode;
}) => (
  <Menu position="top" width={240}>
    <Menu.Target>
      <button type="button" aria-label={label} title={label} disabled={busy}>
        <Glyph size={16} aria-hidden />
      </button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Label>{label}</Menu.Label>
      <ScrollArea.Autosize mah={300}>{children}</ScrollArea.Autosize>
    </Menu.Dropdown>
  </Menu>
);

/** What can be done to many cases at once, as far as one may. */
export const BulkMenus = ({ busy, onDeed, onNewIncident }: Props) => {
  const may = useMay();
  return (
    <>
      {may('case.assign') ? <Assign busy={busy} onDeed={onDeed} /> : null}
      <Priorities busy={busy} onDeed={onDeed} />
      {may('case.change_status') ? <Statuses busy={busy} onDeed={onDeed} /> : null}
      {may('case.read_all') ? <Incidents busy={busy} onDeed={onDeed} onNewIncident={onNewIncident} /> : null}
    </>
  );
};

type DeedProps = Omit<Props, 'onNewIncident'>;

const Assign = ({ busy, onDeed }: DeedProps) => {
  const { t } = useWords();
  const me = useUser();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const meFirst = people.toSorted((one, other) => Number(other.id === me.id) - Number(one.id === me.id));
  return (
    <>
      <Deeds label={t('bulk.assign')} Glyph={UserRoundPlus} busy={busy}>
        <Menu.Item onClick={() => onDeed({ type: 'assign', assigneeId: null })}>{t('bulk.nobody')}</Menu.Item>
        {meFirst.map(({ id, displayName }) => (
          <Menu.Item key={id} onClick={() => onDeed({ type: 'assign', assigneeId: id })}>
            {displayName} {id === me.id ? t('case.you') : null}
          </Menu.Item>
        ))}
      </Deeds>
      <Deeds label={t('bulk.queue')} Glyph={Inbox} busy={busy}>
        {queues.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => onDeed({ type: 'queue', queueId: id })}>
            {name}
          </Menu.Item>
        ))}
      </Deeds>
    </>
  );
};

const Priorities = ({ busy, onDeed }: DeedProps) => {
  const { t } = useWords();
  return (
    <Deeds label={t('bulk.priority')} Glyph={Flag} busy={busy}>
      {PRIORITIES.map((priority) => (
        <Menu.Item key={priority} onClick={() => onDeed({ type: 'priority', priority })}>
          {t(`priority.${priority}`)}
        </Menu.Item>
      ))}
    </Deeds>
  );
};

const Statuses = ({ busy, onDeed }: DeedProps) => {
  const { t } = useWords();
  return (
    <Deeds label={t('bulk.status')} Glyph={Milestone} busy={busy}>
      {STATUSES.map((status) => (
        <Menu.Item key={status} onClick={() => onDeed({ type: 'status', status })}>
          {t(`status.${status}`)}
        </Menu.Item>
      ))}
      {WAITS.map((waitReason) => (
        <Menu.Item key={waitReason} onClick={() => onDeed({ type: 'status', status: 'waiting', waitReason })}>
          {t('wait.for', { reason: t(`wait.${waitReason}`) })}
        </Menu.Item>
      ))}
    </Deeds>
  );
};

const Incidents = ({ busy, onDeed, onNewIncident }: Props) => {
  const { t } = useWords();
  const may = useMay();
  const open = useQuery(openIncidentsQuery).data?.items ?? [];
  if (open.length === 0 && !may('supervise')) return null;
  return (
    <Deeds label={t('bulk.incident')} Glyph={Siren} busy={busy}>
      {open.map(({ id, title }) => (
        <Menu.Item key={id} onClick={() => onDeed({ type: 'incident', incidentId: id })}>
          <small className={styles.to}>{t('bulk.incident.add')}</small> {title}
        </Menu.Item>
      ))}
      {may('supervise') ? <Menu.Item onClick={onNewIncident}>{t('incident.open')}</Menu.Item> : null}
    </Deeds>
  );
};

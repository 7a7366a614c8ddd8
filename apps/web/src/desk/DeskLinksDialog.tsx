import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DESK, type DeskLink, type Handoff } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { day, moment } from '../i18n/moments.js';
import styles from '../tracking/Tracking.module.css';
import { deskLinksQuery, issueDeskLink, revokeDeskLink } from './deskRequests.js';

interface Props {
  handoff: Pick<Handoff, 'id' | 'partner' | 'state' | 'forgottenAt'>;
  onClose: () => void;
}

const LinkRow = ({ link, busy, onRevoke }: { link: DeskLink; busy: boolean; onRevoke: () => void }) => {
  const { t, intl } = useWords();
  const { state, issuedBy, issuedAt, expiresAt, opens, lastOpenedAt } = link;
  return (
    <li className={styles.link} data-state={state}>
      <div>
        <b>{issuedBy ? t('links.by_hand') : t('desk.by_message')}</b>
        <small>
          {t('links.made', { name: issuedBy?.displayName ?? t('event.system'), at: moment(intl, issuedAt) })} ·{' '}
          {t(`links.${state}`, { day: day(intl, expiresAt) })}
        </small>
        <small>
          {lastOpenedAt ? t('links.opened', { count: opens, at: moment(intl, lastOpenedAt) }) : t('links.unopened')}
        </small>
      </div>
      {state === 'live' ? (
        <button type="button" className={styles.quiet} disabled={busy} onClick={onRevoke}>
          {t('links.revoke')}
        </button>
      ) : null}
    </li>
  );
};

/** Whether their page shows nothing any more: a new link would lead nowhere. */
const isShut = ({ state, forgottenAt }: Props['handoff']) =>
  state === 'recalled' || state === 'expired' || forgottenAt !== null;

/** The links by which a partner works on a handoff: made here to be handed over, seen being opened, taken back at any time. */
export default function DeskLinksDialog({ handoff, onClose }: Props) {
  const { id, partner } = handoff;
  const { t } = useWords();
  const client = useQueryClient();
  const { data, isError, error, refetch } = useQuery(deskLinksQuery(id));
  const links = data?.items;
  const [made, setMade] = useState<string | null>(null);
  const { run: attempt, busy, problem } = useDeed();

  const run = (deed: () => Promise<unknown>) =>
    attempt(async () => {
      await deed();
      await client.invalidateQueries({ queryKey: ['desk-links', id] });
    });
  const make = () =>
    run(async () => {
      setMade((await issueDeskLink(id)).url);
    });
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url);
    notify(t('links.copied'));
  };

  return (
    <Dialog title={t('desk.links', { partner: partner.name })} size={560} onClose={onClose}>
      <div className={forms.form}>
        <p className={forms.lead}>{t('desk.lead')}</p>
        {made ? (
          <div className={styles.made}>
            <label className={forms.field}>
              <span>{t('links.new')}</span>
              <input type="text" readOnly value={made} onFocus={(event) => event.currentTarget.select()} />
              <small>{t('desk.once', { days: DESK.linkDays })}</small>
            </label>
            <div className={forms.deeds}>
              <Button variant="filled" onClick={() => void copy(made)}>
                {t('links.copy')}
              </Button>
            </div>
          </div>
        ) : isShut(handoff) ? (
          <p className={forms.lead}>{t('desk.shut', { partner: partner.name })}</p>
        ) : (
          <div className={forms.deeds}>
            <Button variant="filled" loading={busy} onClick={() => void make()}>
              {t('links.make')}
            </Button>
          </div>
        )}
        <p className={forms.problem} role="alert">
          {problem}
        </p>
        {isError && !data ? <Trouble what={t('desk.unread')} error={error} onRetry={() => void refetch()} /> : null}
        {links && links.length > 0 ? (
          <ul className={styles.links} aria-label={t('desk.all')}>
            {links.map((link) => (
              <LinkRow
                key={link.id}
                link={link}
                busy={busy}
                onRevoke={() => void run(() => revokeDeskLink(id, link.id))}
              />
            ))}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}

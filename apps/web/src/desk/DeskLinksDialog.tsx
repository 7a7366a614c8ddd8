import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DESK, type Handoff } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { LinkList } from '../tracking/LinkList.js';
import styles from '../tracking/Tracking.module.css';
import { deskLinksQuery, issueDeskLink, revokeDeskLink } from './deskRequests.js';

interface Props {
  handoff: Pick<Handoff, 'id' | 'partner' | 'state' | 'forgottenAt'>;
  onClose: () => void;
}

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
        {links ? (
          <LinkList
            label={t('desk.all')}
            links={links}
            nameOf={({ issuedBy }) => (issuedBy ? t('links.by_hand') : t('desk.by_message'))}
            busy={busy}
            onRevoke={(link) => void run(() => revokeDeskLink(id, link.id))}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CirclePause, Mail, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Mailbox, MailboxTest } from '#contracts';
import { mailboxesQuery } from '../api/queries.js';
import { removeMailbox, tryMailbox } from '../api/requests.js';
import { Bone } from '../app/Bone.js';
import { Confirm } from '../app/Confirm.js';
import { Empty } from '../app/Empty.js';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import channels from './Channels.module.css';
import { MailboxDialog } from './MailboxDialog.js';
import styles from './Settings.module.css';

/** What a try found, where it was asked for. */
const Found = ({ found }: { found: MailboxTest }) => {
  const { t } = useWords();
  if (found.works)
    return (
      <p className={styles.good}>
        <CircleCheck size={16} aria-hidden />
        <span>
          {t('mailboxes.works', { count: found.messages ?? 0 })}{' '}
          {found.idle === null ? null : t(found.idle ? 'mailboxes.works.idle' : 'mailboxes.works.poll')}
        </span>
      </p>
    );
  return (
    <p className={styles.bad}>
      <CircleAlert size={16} aria-hidden />
      <span>
        <b>{t('mailboxes.fails')}</b> {found.message} {found.detail ? <small>{found.detail}</small> : null}{' '}
        {found.folders.length > 0 ? t('mailboxes.folders', { list: found.folders.join(', ') }) : null}
      </span>
    </p>
  );
};

const Box = ({ mailbox, onEdit }: { mailbox: Mailbox; onEdit: () => void }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const { run, busy } = useDeed();
  const [found, setFound] = useState<MailboxTest | null>(null);
  const [removing, setRemoving] = useState(false);
  const { id, address, host, port, security, username, folder, active } = mailbox;
  const fixed = id === 'environment';
  const attempt = async () => {
    setFound(null);
    setFound(await run(() => tryMailbox(id), false));
  };
  return (
    <li className={styles.card}>
      <Mail size={20} aria-hidden />
      <div className={styles.what}>
        <h3>{address}</h3>
        <p className={channels.state} data-state={active ? 'ok' : 'stopped'}>
          {active ? <CircleCheck size={14} aria-hidden /> : <CirclePause size={14} aria-hidden />}
          {t(active ? 'mailboxes.active' : 'mailboxes.inactive')}
        </p>
        <p className={styles.facts}>
          {username} · {host}:{port} · {t(`mailboxes.security.${security}`)} · {folder}
          {fixed ? ` · ${t('mailboxes.environment')}` : null}
        </p>
      </div>
      <div className={styles.deeds}>
        <Button
          size="xs"
          loading={busy}
          aria-label={t('mailboxes.test_of', { address })}
          onClick={() => void attempt()}
        >
          {t('mailboxes.test')}
        </Button>
        {fixed ? null : (
          <>
            <Button size="xs" aria-label={t('mailboxes.edit_of', { address })} onClick={onEdit}>
              {t('mailboxes.edit')}
            </Button>
            <Button
              size="xs"
              variant="subtle"
              aria-label={t('mailboxes.remove_of', { address })}
              onClick={() => setRemoving(true)}
            >
              {t('mailboxes.remove')}
            </Button>
          </>
        )}
      </div>
      <div role="status" style={{ flexBasis: found ? '100%' : undefined }}>
        {found ? <Found found={found} /> : null}
      </div>
      {removing ? (
        <Confirm
          grave
          title={t('mailboxes.remove.title', { address })}
          lead={t('mailboxes.remove.lead')}
          deed={t('mailboxes.remove')}
          onClose={() => setRemoving(false)}
          run={async () => {
            await removeMailbox(id);
            notify(t('mailboxes.removed'));
            await Promise.all(['mailboxes', 'health'].map((name) => client.invalidateQueries({ queryKey: [name] })));
          }}
        />
      ) : null}
    </li>
  );
};

/** The mailboxes that are watched: add, change, try, remove. */
export const MailboxesPage = () => {
  const { t } = useWords();
  const mailboxes = useQuery(mailboxesQuery);
  const [editing, setEditing] = useState<Mailbox | 'new' | null>(null);
  const items = mailboxes.data?.items ?? [];
  const button = (
    <Button variant="filled" leftSection={<Plus size={16} />} onClick={() => setEditing('new')}>
      {t('mailboxes.add')}
    </Button>
  );
  return (
    <section className={styles.body} aria-label={t('mailboxes.title')}>
      <div className={styles.top}>
        <div>
          <h2>{t('mailboxes.title')}</h2>
          <p>{t('mailboxes.lead')}</p>
        </div>
        {items.length > 0 ? button : null}
      </div>
      {mailboxes.isPending ? <Bone width="60%" height={48} /> : null}
      {mailboxes.isError ? (
        <Trouble what={t('mailboxes.error')} error={mailboxes.error} onRetry={() => void mailboxes.refetch()} />
      ) : null}
      {mailboxes.isSuccess && items.length === 0 ? (
        <Empty small title={t('mailboxes.empty')} lead={t('mailboxes.empty.lead')}>
          {button}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <ul className={styles.list}>
          {items.map((mailbox) => (
            <Box key={mailbox.id} mailbox={mailbox} onEdit={() => setEditing(mailbox)} />
          ))}
        </ul>
      ) : null}
      {editing ? <MailboxDialog mailbox={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </section>
  );
};

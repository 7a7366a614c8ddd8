import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { LinkList } from './LinkList.js';
import { issueLink, linksQuery, revokeLink } from './trackingRequests.js';
import styles from './Tracking.module.css';

interface Props {
  detail: CaseDetail;
  /** Puts words into the answer by this thread, to be sent by a person. */
  onWrite: (thread: CaseDetail['threads'][number], text: string) => void;
  onClose: () => void;
}

/** The links by which this customer follows their case: made here, sent by a person, taken back at any time. */
export default function LinksDialog({ detail, onWrite, onClose }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const links = useQuery(linksQuery(detail.id)).data?.items;
  const writable = detail.threads.filter(({ open, channel }) => open && (channel === 'twitter' || channel === 'email'));
  const [threadId, setThreadId] = useState(writable[0]?.id ?? '');
  const [made, setMade] = useState<string | null>(null);
  const { run: attempt, busy, problem } = useDeed();
  const thread = writable.find(({ id }) => id === threadId);

  const run = (deed: () => Promise<unknown>) =>
    attempt(async () => {
      await deed();
      await client.invalidateQueries({ queryKey: ['links', detail.id] });
    });
  const make = () =>
    run(async () => {
      setMade((await issueLink(detail.id, thread?.contactPointId)).url);
    });
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url);
    notify(t('links.copied'));
  };

  return (
    <Dialog title={t('links.title')} size={560} onClose={onClose}>
      <div className={forms.form}>
        <p className={forms.lead}>{t('links.lead')}</p>
        {made ? (
          <div className={styles.made}>
            <label className={forms.field}>
              <span>{t('links.new')}</span>
              <input type="text" readOnly value={made} onFocus={(event) => event.currentTarget.select()} />
              <small>{t('links.once')}</small>
            </label>
            <div className={forms.deeds}>
              <Button onClick={() => void copy(made)}>{t('links.copy')}</Button>
              {thread ? (
                <Button
                  variant="filled"
                  onClick={() => {
                    onWrite(thread, t('links.words', { url: made }));
                    onClose();
                  }}
                >
                  {t('links.write', { address: thread.address })}
                </Button>
              ) : null}
            </div>
          </div>
        ) : (
          <div className={styles.make}>
            <label className={forms.field}>
              <span>{t('links.for')}</span>
              <select value={threadId} onChange={(event) => setThreadId(event.currentTarget.value)}>
                {writable.map(({ id, address }) => (
                  <option key={id} value={id}>
                    {address}
                  </option>
                ))}
                <option value="">{t('links.by_hand')}</option>
              </select>
            </label>
            <Button variant="filled" loading={busy} onClick={() => void make()}>
              {t('links.make')}
            </Button>
          </div>
        )}
        <p className={forms.problem} role="alert">
          {problem}
        </p>
        {links ? (
          <LinkList
            label={t('links.all')}
            links={links}
            nameOf={({ contactPoint }) => contactPoint?.display ?? t('links.by_hand')}
            busy={busy}
            onRevoke={(link) => void run(() => revokeLink(detail.id, link.id))}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

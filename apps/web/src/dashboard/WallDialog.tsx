import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Copy, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { Language, NewWallLink, WallLink } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { LANGUAGE_NAMES } from '../app/languageSwitch.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { brief } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { addWallLink, queuesQuery, revokeWallLink, wallLinksQuery } from './dashboardRequests.js';
import styles from './WallDialog.module.css';

/** The address of a screen that was just made: it is shown this once. */
const Made = ({ link }: { link: NewWallLink }) => {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(link.url);
    setCopied(true);
  };
  return (
    <div className={styles.made} role="status">
      <p>{t('wall.made')}</p>
      <label className={forms.field}>
        <span>{t('wall.url')}</span>
        <input readOnly value={link.url} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <div className={styles.deeds}>
        <Button size="xs" leftSection={copied ? <Check size={14} /> : <Copy size={14} />} onClick={() => void copy()}>
          {t(copied ? 'wall.copied' : 'wall.copy')}
        </Button>
        <Button
          size="xs"
          component="a"
          href={link.url}
          target="_blank"
          rel="noreferrer"
          leftSection={<ExternalLink size={14} />}
        >
          {t('wall.open')}
        </Button>
      </div>
    </div>
  );
};

const Screen = ({ link }: { link: WallLink }) => {
  const { t, intl } = useWords();
  const client = useQueryClient();
  const { run, busy } = useDeed();
  const revoke = async () => {
    await run(() => revokeWallLink(link.id), false);
    await client.invalidateQueries({ queryKey: wallLinksQuery.queryKey });
  };
  const seen = link.lastSeenAt ? t('wall.seen', { when: brief(intl, link.lastSeenAt) }) : t('wall.never_seen');
  return (
    <li>
      <span>
        <b>{link.name}</b>
        <small>
          {[
            link.queue?.name ?? t('sup.all_queues'),
            LANGUAGE_NAMES[link.language],
            link.createdBy.displayName,
            seen,
          ].join(' · ')}
        </small>
      </span>
      <Button
        size="xs"
        loading={busy}
        aria-label={t('wall.revoke_name', { name: link.name })}
        onClick={() => void revoke()}
      >
        {t('wall.revoke')}
      </Button>
    </li>
  );
};

const NewScreen = ({ onMade }: { onMade: (link: NewWallLink) => void }) => {
  const { t } = useWords();
  const { language: mine } = useLanguage();
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const { run, busy, problem } = useDeed();
  const [name, setName] = useState('');
  const [queueId, setQueueId] = useState('');
  const [language, setLanguage] = useState<Language>(mine);
  const submit = async () => {
    const link = await run(() => addWallLink({ name: name.trim(), queueId: queueId || null, language }));
    if (!link) return;
    setName('');
    onMade(link);
  };
  return (
    <Form deed={t('wall.make')} busy={busy} problem={problem} disabled={name.trim() === ''} onSubmit={submit}>
      <h3 className={styles.heading}>{t('wall.new')}</h3>
      <label className={forms.field}>
        <span>{t('wall.name')}</span>
        <input
          value={name}
          required
          maxLength={60}
          placeholder={t('wall.name.hint')}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
      </label>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('sup.queue')}</span>
          <select value={queueId} onChange={({ currentTarget: { value } }) => setQueueId(value)}>
            <option value="">{t('sup.all_queues')}</option>
            {queues.map((queue) => (
              <option key={queue.id} value={queue.id}>
                {queue.name}
              </option>
            ))}
          </select>
        </label>
        <label className={forms.field}>
          <span>{t('wall.language')}</span>
          <select
            value={language}
            onChange={({ currentTarget: { value } }) => setLanguage(value === 'en' ? 'en' : 'es')}
          >
            {(['es', 'en'] as const).map((each) => (
              <option key={each} value={each} lang={each}>
                {LANGUAGE_NAMES[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </Form>
  );
};

/** Screens on walls: those there are, and a new one. */
export const WallDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const [made, setMade] = useState<NewWallLink | null>(null);
  const { data, isError, error, refetch } = useQuery(wallLinksQuery);
  const shown = (link: NewWallLink) => {
    setMade(link);
    void client.invalidateQueries({ queryKey: wallLinksQuery.queryKey });
  };
  return (
    <Dialog title={t('wall.links')} size={520} onClose={onClose}>
      <p className={forms.lead}>{t('wall.lead')}</p>
      {isError ? <Trouble what={t('wall.links_error')} error={error} onRetry={() => void refetch()} /> : null}
      <ul className={styles.links}>
        {data?.items.map((link) => (
          <Screen key={link.id} link={link} />
        ))}
      </ul>
      {data?.items.length === 0 ? <p className={styles.none}>{t('wall.none')}</p> : null}
      {made ? <Made link={made} /> : null}
      <NewScreen onMade={shown} />
    </Dialog>
  );
};

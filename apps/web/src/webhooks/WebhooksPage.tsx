import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CirclePause, Plus, Webhook as Glyph } from 'lucide-react';
import { useState } from 'react';
import type { NewWebhook, Webhook } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Confirm } from '../app/Confirm.js';
import { Empty } from '../app/Empty.js';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import channels from '../channels/Channels.module.css';
import settings from '../channels/Settings.module.css';
import { whole } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { WebhookDialog } from './WebhookDialog.js';
import { WebhookLog } from './WebhookLog.js';
import { removeWebhook, rotateSecret, webhooksQuery } from './webhookRequests.js';
import styles from './Webhooks.module.css';

/** The only time anybody sees it. */
const Secret = ({ made, onClose }: { made: NewWebhook; onClose: () => void }) => {
  const { t } = useWords();
  const copy = async () => {
    await navigator.clipboard.writeText(made.secret);
    notify(t('webhook.secret.copied'));
  };
  return (
    <div className={styles.secret} role="status">
      <b>{t('webhook.secret.once')}</b>
      <small>{made.url}</small>
      <code>{made.secret}</code>
      <span>
        <Button size="xs" variant="filled" onClick={() => void copy()}>
          {t('webhook.secret.copy')}
        </Button>{' '}
        <Button size="xs" variant="subtle" onClick={onClose}>
          {t('webhook.secret.put_away')}
        </Button>
      </span>
    </div>
  );
};

/** Whether it works, in a word. */
const State = ({ webhook: { active, failures, resumesAt } }: { webhook: Webhook }) => {
  const { t, intl } = useWords();
  const fails = active && failures > 0;
  const Sign = fails ? CircleAlert : active ? CircleCheck : CirclePause;
  const words = fails
    ? t('webhook.fails', { count: failures, at: resumesAt ? whole(intl, resumesAt) : 'none' })
    : t(active ? 'webhook.works' : 'webhook.off');
  return (
    <p className={channels.state} data-state={fails ? 'trouble' : active ? 'ok' : 'stopped'}>
      <Sign size={14} aria-hidden />
      {words}
    </p>
  );
};

interface CardProps {
  webhook: Webhook;
  onEdit: () => void;
  onMade: (made: NewWebhook) => void;
}

const Card = ({ webhook, onEdit, onMade }: CardProps) => {
  const { t, intl } = useWords();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'rotate' | 'remove' | null>(null);
  const [open, setOpen] = useState(false);
  const { id, url, description, types, waiting, dead, lastSentAt, bothUntil } = webhook;
  const deed = async () => {
    if (asking === 'rotate') onMade(await rotateSecret(id));
    else await removeWebhook(id);
    await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  };
  return (
    <li className={settings.card}>
      <Glyph size={20} aria-hidden />
      <div className={settings.what}>
        <h3>{description || url}</h3>
        <State webhook={webhook} />
        {description ? <p className={settings.said}>{url}</p> : null}
        <p className={settings.facts}>
          {types.length === 0 ? t('webhook.everything') : types.join(', ')} · {t('webhook.waiting', { count: waiting })}{' '}
          · {t('webhook.dead', { count: dead })}
          {lastSentAt ? ` · ${t('webhook.last', { at: whole(intl, lastSentAt) })}` : null}
        </p>
        {bothUntil ? <p className={settings.facts}>{t('webhook.both', { at: whole(intl, bothUntil) })}</p> : null}
      </div>
      <div className={settings.deeds}>
        <Button size="xs" aria-expanded={open} aria-label={t('webhook.log_of', { url })} onClick={() => setOpen(!open)}>
          {t('webhook.log')}
        </Button>
        <Button size="xs" aria-label={t('webhook.change_of', { url })} onClick={onEdit}>
          {t('webhook.edit')}
        </Button>
        <Button size="xs" aria-label={t('webhook.rotate_of', { url })} onClick={() => setAsking('rotate')}>
          {t('webhook.rotate')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t('webhook.remove_of', { url })}
          onClick={() => setAsking('remove')}
        >
          {t('webhook.remove')}
        </Button>
      </div>
      {open ? <WebhookLog webhook={webhook} /> : null}
      {asking ? (
        <Confirm
          grave={asking === 'remove'}
          title={t(`webhook.${asking}_of`, { url })}
          lead={t(`webhook.${asking}.lead`)}
          deed={t(`webhook.${asking}`)}
          onClose={() => setAsking(null)}
          run={deed}
        />
      ) : null}
    </li>
  );
};

/** Other systems that are told of what happens: where, of what, and how it went. */
export const WebhooksPage = () => {
  const { t } = useWords();
  const { data, isError, isPending, error, refetch } = useQuery(webhooksQuery);
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const [made, setMade] = useState<NewWebhook | null>(null);
  const items = data?.items ?? [];
  const add = (
    <Button variant="filled" leftSection={<Plus size={16} />} onClick={() => setEditing('new')}>
      {t('webhook.add')}
    </Button>
  );
  return (
    <section className={settings.body} aria-label={t('webhook.title')}>
      <div className={settings.top}>
        <div>
          <h2>{t('webhook.title')}</h2>
          <p>{t('webhook.lead')}</p>
        </div>
        {items.length > 0 ? add : null}
      </div>
      {made ? <Secret made={made} onClose={() => setMade(null)} /> : null}
      {isPending ? <Bone width="60%" height={48} /> : null}
      {isError ? <Trouble what={t('webhook.title')} error={error} onRetry={() => void refetch()} /> : null}
      {data && items.length === 0 ? (
        <Empty small title={t('webhook.none')} lead={t('webhook.none.lead')}>
          {add}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <ul className={settings.list}>
          {items.map((webhook) => (
            <Card key={webhook.id} webhook={webhook} onEdit={() => setEditing(webhook)} onMade={setMade} />
          ))}
        </ul>
      ) : null}
      {editing ? (
        <WebhookDialog webhook={editing === 'new' ? null : editing} onMade={setMade} onClose={() => setEditing(null)} />
      ) : null}
    </section>
  );
};

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { WebhookBody, type NewWebhook, type Webhook } from '#contracts';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { TextField } from '../partners/TextField.js';
import { addWebhook, changeWebhook, webhooksQuery } from './webhookRequests.js';

interface Props {
  /** Null: a new one. */
  webhook: Webhook | null;
  onMade: (made: NewWebhook) => void;
  onClose: () => void;
}

/** Where it is told, and of what. */
export const WebhookDialog = ({ webhook, onMade, onClose }: Props) => {
  const { t } = useWords();
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [types, setTypes] = useState(webhook?.types.join('\n') ?? '');
  const [active, setActive] = useState(webhook?.active ?? true);
  const [tried, setTried] = useState(false);
  const { run, busy, problem } = useDeed();
  const read = WebhookBody.safeParse({
    url: url.trim(),
    description,
    types: types.split(/[\s,]+/u).filter(Boolean),
    active,
  });
  const wrong = read.success ? [] : [...new Set(read.error.issues.map(({ path }) => path[0]))];
  const save = async () => {
    setTried(true);
    if (!read.success) return;
    await run(async () => {
      if (webhook) await changeWebhook(webhook.id, read.data);
      else onMade(await addWebhook(read.data, key));
      notify(t('webhook.saved'));
      onClose();
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    });
  };
  const gap = wrong.includes('url') ? t('webhook.gap.url') : t('webhook.gap.types');
  return (
    <FormDialog
      title={t(webhook ? 'webhook.change' : 'webhook.add')}
      deed={t('webhook.save')}
      size={520}
      busy={busy}
      problem={problem ?? (tried && wrong.length > 0 ? gap : null)}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField label={t('webhook.url')} value={url} placeholder="https://" onChange={setUrl} />
      <TextField label={t('webhook.description')} value={description} onChange={setDescription} />
      <label className={forms.field}>
        <span>{t('webhook.types')}</span>
        <textarea
          rows={3}
          value={types}
          spellCheck={false}
          autoCapitalize="off"
          onChange={({ currentTarget: { value } }) => setTypes(value)}
        />
        <small>{t('webhook.types.lead')}</small>
      </label>
      <label className={forms.check}>
        <input type="checkbox" checked={active} onChange={({ currentTarget: { checked } }) => setActive(checked)} />
        <span>
          {t('webhook.active')}
          <small>{t('webhook.active.lead')}</small>
        </span>
      </label>
    </FormDialog>
  );
};

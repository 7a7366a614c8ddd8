import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EXTENSION_LIMIT, SIGNATURE_LIMIT, type OwnSettings } from '#contracts';
import { ownSettingsQuery } from '../api/queries.js';
import { changeOwnSettings } from '../api/requests.js';
import { keepOwn } from '../calls/ringing.js';
import { useWords } from '../i18n/Words.js';
import { Dialog } from './Dialog.js';
import { Form } from './Form.js';
import forms from './forms.module.css';
import { notify } from './notices.js';
import { useMay } from './session.js';
import { Trouble } from './Trouble.js';
import { useDeed } from './useDeed.js';

const NEAR = 100;

/** What stands below one's mails, and which telephone is one's own. */
const SignatureForm = ({ known, onClose }: { known: OwnSettings; onClose: () => void }) => {
  const { t } = useWords();
  const rings = useMay()('call.log');
  const client = useQueryClient();
  const [text, setText] = useState(known.signature ?? '');
  const [extension, setExtension] = useState(known.extension ?? '');
  const { run, busy, problem } = useDeed();
  const left = SIGNATURE_LIMIT - text.length;
  const save = async () => {
    await run(async () => {
      const chosen = { signature: text.trim() || null, ...(rings ? { extension: extension.trim() || null } : {}) };
      const own = await changeOwnSettings(chosen);
      client.setQueryData(ownSettingsQuery.queryKey, own);
      if (own.extension !== null) keepOwn(own.extension);
      notify(t('signature.saved'));
      onClose();
    });
  };
  return (
    <Form deed={t('signature.save')} busy={busy} problem={problem} onSubmit={save} onCancel={onClose}>
      <label className={forms.field}>
        <span>{t('signature.text')}</span>
        <textarea
          rows={3}
          data-autofocus
          maxLength={SIGNATURE_LIMIT}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <small>{left < NEAR ? t('signature.left', { count: left }) : t('signature.lead')}</small>
      </label>
      {rings ? (
        <label className={forms.field}>
          <span>{t('ringing.extension')}</span>
          <input
            type="text"
            inputMode="tel"
            autoComplete="off"
            maxLength={EXTENSION_LIMIT}
            value={extension}
            onChange={(event) => setExtension(event.currentTarget.value)}
          />
          <small>{t('ringing.extension.lead')}</small>
        </label>
      ) : null}
    </Form>
  );
};

export default function SignatureDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const own = useQuery(ownSettingsQuery);
  return (
    <Dialog title={t('signature.title')} onClose={onClose}>
      {own.isError ? (
        <Trouble what={t('signature.error')} error={own.error} onRetry={() => void own.refetch()} />
      ) : own.isPending ? (
        <p role="status">{t('app.loading')}</p>
      ) : (
        <SignatureForm known={own.data} onClose={onClose} />
      )}
    </Dialog>
  );
}

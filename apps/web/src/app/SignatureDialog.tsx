import { Button, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { EXTENSION_LIMIT, SIGNATURE_LIMIT, type OwnSettings } from '#contracts';
import { ownSettingsQuery } from '../api/queries.js';
import { changeOwnSettings } from '../api/requests.js';
import { keepOwn } from '../calls/ringing.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { failureText, type FailureText } from './failureText.js';
import forms from './forms.module.css';
import { notify } from './notices.js';
import { useMay } from './session.js';
import { Trouble } from './Trouble.js';

const NEAR = 100;

/** What stands below one's mails, and which telephone is one's own. */
const SignatureForm = ({ known, onClose }: { known: OwnSettings; onClose: () => void }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const rings = useMay()('call.log');
  const client = useQueryClient();
  const [text, setText] = useState(known.signature ?? '');
  const [extension, setExtension] = useState(known.extension ?? '');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  const left = SIGNATURE_LIMIT - text.length;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      const chosen = { signature: text.trim() || null, ...(rings ? { extension: extension.trim() || null } : {}) };
      const own = await changeOwnSettings(chosen);
      client.setQueryData(ownSettingsQuery.queryKey, own);
      if (own.extension !== null) keepOwn(own.extension);
      notify(t('signature.saved'));
      onClose();
    } catch (error) {
      setFailure(failureText(error, language, t));
      setBusy(false);
    }
  };
  return (
    <form className={forms.form} onSubmit={(event) => void save(event)} noValidate>
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
      <p className={forms.problem} role="alert">
        {failure ? `${failure.message} ${t('error.code', { code: failure.code })}` : null}
      </p>
      <div className={forms.deeds}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button type="submit" variant="filled" loading={busy}>
          {t('signature.save')}
        </Button>
      </div>
    </form>
  );
};

export default function SignatureDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const own = useQuery(ownSettingsQuery);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('signature.title')}
      size={480}
      radius="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {own.isError ? (
        <Trouble what={t('signature.error')} error={own.error} onRetry={() => void own.refetch()} />
      ) : own.isPending ? (
        <p role="status">{t('app.loading')}</p>
      ) : (
        <SignatureForm known={own.data} onClose={onClose} />
      )}
    </Modal>
  );
}

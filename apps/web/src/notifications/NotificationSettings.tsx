import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { NotificationKind, type NotificationPreferences } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { DesktopChoice } from './DesktopChoice.js';
import { keepPreferences, preferencesQuery } from './notificationRequests.js';
import { QuietChoice } from './QuietChoice.js';
import { toggled } from './toggled.js';

const SettingsForm = ({ known, onClose }: { known: NotificationPreferences; onClose: () => void }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const [chosen, setChosen] = useState(known);
  const { run, busy, problem } = useDeed();
  const change = (more: Partial<NotificationPreferences>) => setChosen((before) => ({ ...before, ...more }));
  const save = () =>
    run(async () => {
      client.setQueryData(preferencesQuery.queryKey, await keepPreferences(chosen));
      notify(t('notifications.saved'));
      onClose();
    });
  return (
    <Form
      deed={t('notifications.save')}
      busy={busy}
      problem={problem}
      disabled={chosen.quiet?.days.length === 0}
      onSubmit={save}
      onCancel={onClose}
    >
      <DesktopChoice chosen={chosen.desktop} onChange={(desktop) => change({ desktop })} />
      <fieldset className={forms.field}>
        <legend>{t('notifications.mail')}</legend>
        <div className={forms.choices}>
          {NotificationKind.options.map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={chosen.mail.includes(kind)}
                onChange={() => change({ mail: toggled(chosen.mail, kind) })}
              />
              {t(`notifications.kind.${kind}`)}
            </label>
          ))}
        </div>
        <small>{t('notifications.mail.lead')}</small>
      </fieldset>
      <QuietChoice chosen={chosen} onChange={change} />
    </Form>
  );
};

/** How somebody wants to be told. */
export default function NotificationSettings({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const known = useQuery(preferencesQuery);
  return (
    <Dialog title={t('notifications.settings')} size={560} onClose={onClose}>
      {known.isError ? (
        <Trouble what={t('notifications.error')} error={known.error} onRetry={() => void known.refetch()} />
      ) : known.isPending ? (
        <p role="status">{t('app.loading')}</p>
      ) : (
        <SettingsForm known={known.data} onClose={onClose} />
      )}
    </Dialog>
  );
}

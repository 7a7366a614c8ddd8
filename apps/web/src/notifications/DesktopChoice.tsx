import { useState } from 'react';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';

interface Props {
  chosen: boolean;
  onChange: (desktop: boolean) => void;
}

/** Asks the browser only when somebody says that they want it. */
export const DesktopChoice = ({ chosen, onChange }: Props) => {
  const { t } = useWords();
  const missing = !('Notification' in window);
  const [denied, setDenied] = useState(!missing && Notification.permission === 'denied');
  const choose = async (desktop: boolean) => {
    if (desktop && Notification.permission !== 'granted') {
      const allowed = await Notification.requestPermission();
      setDenied(allowed === 'denied');
      if (allowed !== 'granted') return;
    }
    onChange(desktop);
  };
  const lead = missing ? 'notifications.desktop.missing' : denied ? 'notifications.desktop.denied' : null;
  return (
    <label className={forms.check}>
      <input
        type="checkbox"
        checked={chosen}
        disabled={missing}
        data-autofocus
        onChange={(event) => void choose(event.currentTarget.checked)}
      />
      <span>
        {t('notifications.desktop')}
        <small role={lead ? 'alert' : undefined}>{t(lead ?? 'notifications.desktop.lead')}</small>
      </span>
    </label>
  );
};

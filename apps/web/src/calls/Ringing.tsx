import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { PhoneCall, X } from 'lucide-react';
import type { CallRinging } from '#contracts';
import { ownSettingsQuery } from '../api/queries.js';
import { changeOwnSettings } from '../api/requests.js';
import { openDialog } from '../app/dialogs.js';
import { failureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { CallerCard } from './CallerCard.js';
import { keepOwn, stopRinging, useRinging } from './ringing.js';
import styles from './Calls.module.css';

/** Who has not said yet which telephone is theirs is asked where it rings. */
const OnlyThis = ({ extension }: { extension: string }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const own = useQuery(ownSettingsQuery);
  if (own.data?.extension !== null) return null;
  const keep = async () => {
    try {
      client.setQueryData(ownSettingsQuery.queryKey, await changeOwnSettings({ extension }));
      keepOwn(extension);
      notify(t('ringing.only_done', { extension }));
    } catch (error) {
      notify(failureText(error, language, t).message);
    }
  };
  return (
    <Button size="xs" variant="subtle" onClick={() => void keep()}>
      {t('ringing.only', { extension })}
    </Button>
  );
};

const Call = ({ call: { phone, extension } }: { call: CallRinging }) => {
  const { t } = useWords();
  const over = () => stopRinging(phone);
  return (
    <li className={styles.ringing}>
      <header>
        <PhoneCall size={16} aria-hidden />
        <b>{t('ringing.title', { phone })}</b>
        {extension ? <small>{t('call.by_extension', { extension })}</small> : null}
        <button type="button" onClick={over} aria-label={t('ringing.dismiss', { phone })}>
          <X size={16} />
        </button>
      </header>
      <CallerCard phone={phone} onLeave={over} />
      <div className={styles.deeds}>
        <Button
          size="xs"
          variant="filled"
          onClick={() => {
            openDialog({ name: 'call', phone });
            over();
          }}
        >
          {t('ringing.log')}
        </Button>
        {extension ? <OnlyThis extension={extension} /> : null}
      </div>
    </li>
  );
};

/** Who calls now and what we know of them, in a corner; takes no focus away from who is writing. */
export const Ringing = () => {
  const { t } = useWords();
  const calls = useRinging();
  return (
    <section
      className={styles.corner}
      aria-label={t('ringing.label')}
      aria-live="polite"
      data-none={calls.length === 0 || undefined}
    >
      <ul>
        {calls.map((call) => (
          <Call key={`${call.phone}${call.at}`} call={call} />
        ))}
      </ul>
    </section>
  );
};

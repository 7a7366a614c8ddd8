import { Button } from '@mantine/core';
import { PhoneCall, X } from 'lucide-react';
import type { CallRinging } from '#contracts';
import { openDialog } from '../app/dialogs.js';
import { notify } from '../app/notices.js';
import { useWords } from '../i18n/Words.js';
import { CallerCard } from './CallerCard.js';
import { keepExtension, ownExtension, stopRinging, useRinging } from './ringing.js';
import styles from './Calls.module.css';

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
        {extension && ownExtension() === '' ? (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              keepExtension(extension);
              notify(t('ringing.only_done', { extension }));
            }}
          >
            {t('ringing.only', { extension })}
          </Button>
        ) : null}
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

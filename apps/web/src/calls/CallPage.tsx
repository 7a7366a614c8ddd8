import { Button } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../app/Empty.js';
import { useWords } from '../i18n/Words.js';
import { CallForm } from './CallForm.js';
import styles from './Calls.module.css';

/** Where a softphone sends the browser when somebody calls: `/call?phone=+34…`. */
export const CallPage = () => {
  const { t } = useWords();
  const { phone } = useSearch({ from: '/inside/call' });
  const [saved, setSaved] = useState<string | null>(null);
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <h1>{t('call.log')}</h1>
        {saved ? (
          <Empty small title={t('call.saved')} lead={t('call.saved.in', { reference: saved })}>
            <Button variant="filled" component={Link} to={`/cases/${saved}`}>
              {t('caller.open')}
            </Button>
            <Button onClick={() => setSaved(null)}>{t('call.another')}</Button>
          </Empty>
        ) : (
          <>
            <p className={styles.lead}>{t('call.lead')}</p>
            <CallForm key={phone} phone={phone} onSaved={({ caseReference }) => setSaved(caseReference)} />
          </>
        )}
      </div>
    </main>
  );
};

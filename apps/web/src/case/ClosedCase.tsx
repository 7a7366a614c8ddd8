import { Button } from '@mantine/core';
import { Lock } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { firstName } from './caseContext.js';
import { offeredFrom } from './stage.rules.js';
import { useChangeCase } from './useChangeCase.js';
import styles from './Composer.module.css';

/** In place of the composer once the case is over: why nothing can be written, and the way to write again. */
export const ClosedCase = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const change = useChangeCase(detail);
  const [next] = offeredFrom(detail.status);
  return (
    <div className={styles.composer}>
      <div className={styles.closed}>
        <Lock size={16} aria-hidden />
        <p>
          <b>{t('status.over')}</b>{' '}
          {next ? t('status.over.lead', { name: firstName(detail.customer.displayName) }) : null}
        </p>
        {next && may('case.change_status') ? (
          <Button size="xs" onClick={() => void change({ status: next }, { status: next })}>
            {t('status.reopen')}
          </Button>
        ) : null}
      </div>
    </div>
  );
};

import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowRight, Lock } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { useDesk } from '../inbox/deskContext.js';
import { firstName } from './caseContext.js';
import { offeredFrom, openBeside } from './stage.rules.js';
import { useChangeCase } from './useChangeCase.js';
import styles from './Composer.module.css';

/** In place of the composer once the case is over: why nothing can be written, and the way to write again. */
export const ClosedCase = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const { view } = useDesk();
  const may = useMay();
  const change = useChangeCase(detail);
  const [next] = offeredFrom(detail.status);
  const beside = openBeside(detail);
  const name = firstName(detail.customer.displayName);
  const lead = () => {
    if (beside) return t('status.over.beside', { name });
    return next ? t('status.over.lead', { name }) : null;
  };
  return (
    <div className={styles.composer}>
      <div className={styles.closed}>
        <Lock size={16} aria-hidden />
        <p>
          <b>{t('status.over')}</b> {lead()}
        </p>
        {beside ? (
          <Button
            size="xs"
            variant="filled"
            rightSection={<ArrowRight size={14} aria-hidden />}
            renderRoot={(props) => (
              <Link {...props} to="/cases/$reference" params={{ reference: beside.reference }} search={{ view }} />
            )}
          >
            {t('status.over.open', { reference: beside.reference })}
          </Button>
        ) : null}
        {next && !beside && may('case.change_status') ? (
          <Button size="xs" onClick={() => void change({ status: next }, { status: next })}>
            {t('status.reopen')}
          </Button>
        ) : null}
      </div>
    </div>
  );
};

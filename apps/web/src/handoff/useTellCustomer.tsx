import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { CaseDetail } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { useMay } from '../app/session.js';
import { firstName, useWriting } from '../case/caseContext.js';
import { draftOf, restoreDraft } from '../case/drafts.js';
import { isOver } from '../case/stage.rules.js';
import { useWords } from '../i18n/Words.js';
import styles from './Handoff.module.css';

/**
 * Takes words of a partner to whoever writes to the customer. They were not meant for them: it is asked first who will read
 * them then, and nothing is sent.
 */
export const useTellCustomer = (
  detail: CaseDetail,
  partner: string,
): { tell: ((text: string) => void) | null; asking: ReactNode } => {
  const { t } = useWords();
  const may = useMay();
  const { write } = useWriting();
  const [text, setText] = useState<string | null>(null);
  const name = firstName(detail.customer.displayName);
  const close = () => setText(null);
  const go = () => {
    const { threadId } = draftOf(detail.id, 'customer');
    restoreDraft(detail.id, 'customer', { text: text ?? '', attachments: [], threadId });
    close();
    write('customer');
  };
  const asking =
    text === null ? null : (
      <Dialog title={t('handoff.tell_customer', { name })} size={460} onClose={close}>
        <div className={forms.form}>
          <p>{t('handoff.tell_customer.lead', { name, partner })}</p>
          <blockquote className={styles.words}>{text}</blockquote>
          <div className={forms.deeds}>
            <Button onClick={close}>{t('app.cancel')}</Button>
            <Button variant="filled" onClick={go}>
              {t('handoff.tell_customer.do')}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  return { tell: may('case.reply') && !isOver(detail.status) ? setText : null, asking };
};

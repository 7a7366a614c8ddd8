import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { QrCode } from './QrCode.js';
import { codeQuery } from './trackingRequests.js';
import styles from './Tracking.module.css';

/** The code of a case, large: to be scanned off the screen, read out, or printed. */
export default function CodeDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t } = useWords();
  const code = useQuery(codeQuery(detail.id)).data;
  return (
    <Dialog title={t('code.title')} size={420} onClose={onClose}>
      <div className={forms.form}>
        <p className={forms.lead}>{t('code.lead')}</p>
        <div className={styles.code}>
          {code ? <QrCode text={code.url} label={t('code.image', { reference: detail.reference })} /> : null}
          <output>{detail.reference}</output>
        </div>
        <div className={forms.deeds}>
          <Button
            component="a"
            href={`/receipt/${detail.reference}`}
            target="_blank"
            rel="noreferrer"
            leftSection={<Printer size={16} />}
          >
            {t('code.print')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

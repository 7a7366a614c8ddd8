import { Button } from '@mantine/core';
import { Siren } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';

const OpenIncidentDialog = lazy(() => import('./OpenIncidentDialog.js'));

/** Begins outage mode: for who looks after the work of all. */
export const OpenIncidentButton = ({ size = 'sm' }: { size?: 'xs' | 'sm' }) => {
  const { t } = useWords();
  const may = useMay();
  const [opened, setOpened] = useState(false);
  if (!may('supervise')) return null;
  return (
    <>
      <Button
        size={size}
        leftSection={<Siren size={size === 'xs' ? 14 : 16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('incident.open')}
      </Button>
      <Suspense fallback={null}>
        {opened ? <OpenIncidentDialog caseIds={[]} onClose={() => setOpened(false)} /> : null}
      </Suspense>
    </>
  );
};

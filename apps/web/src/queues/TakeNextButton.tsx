import { Button } from '@mantine/core';
import { ListStart } from 'lucide-react';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { useTakeNext } from './useTakeNext.js';

/** What is most urgent of what waits becomes mine. */
export const TakeNextButton = () => {
  const { t } = useWords();
  const may = useMay();
  const { takeNext, busy } = useTakeNext();
  if (!may('case.assign')) return null;
  return (
    <Button
      size="xs"
      aria-label={t('next_up.take')}
      title={t('next_up.take')}
      variant="light"
      leftSection={<ListStart size={14} aria-hidden />}
      rightSection={<kbd>t</kbd>}
      loading={busy}
      onClick={() => void takeNext()}
    >
      {t('next_up.take.short')}
    </Button>
  );
};

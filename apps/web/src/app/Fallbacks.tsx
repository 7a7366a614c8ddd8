import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../i18n/Words.js';
import { Empty } from './Empty.js';
import { Trouble } from './Trouble.js';

/** No such address. */
export const NotFound = () => {
  const { t } = useWords();
  return (
    <main style={{ display: 'flex', flex: 1, minHeight: '100%', background: 'var(--hilo-surface)' }}>
      <Empty title={t('error.not_found')} lead={t('error.not_found_next')}>
        <Button component={Link} to="/inbox">
          {t('error.to_inbox')}
        </Button>
      </Empty>
    </main>
  );
};

/** A screen that broke: what was typed is in the drafts, so loading again loses nothing. */
export const ScreenFailed = ({ error, reset }: { error: unknown; reset?: () => void }) => {
  const { t } = useWords();
  return (
    <main style={{ maxWidth: 560, margin: '15vh auto 0' }}>
      <Trouble what={`${t('error.screen')} ${t('error.screen_next')}`} error={error} onRetry={reset} />
    </main>
  );
};

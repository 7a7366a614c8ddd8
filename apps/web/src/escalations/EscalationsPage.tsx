import { SupervisionPage } from '../analysis/SupervisionPage.js';
import { useWords } from '../i18n/Words.js';
import { EscalationFeed } from './EscalationFeed.js';

/** The feed by itself. */
export const EscalationsPage = () => {
  const { t } = useWords();
  return (
    <SupervisionPage title={t('escalation.title')}>
      <EscalationFeed alone />
    </SupervisionPage>
  );
};

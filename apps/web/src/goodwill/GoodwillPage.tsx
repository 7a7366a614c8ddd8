import { Link, useSearch } from '@tanstack/react-router';
import { Page, Tabs } from '../app/Page.js';
import { useWords } from '../i18n/Words.js';
import { Approvals } from './Approvals.js';
import { Ledgers } from './Ledgers.js';
import { LegalForm } from './LegalForm.js';
import { LimitsForm } from './LimitsForm.js';
import { Messages } from './Messages.js';
import { RulesTable } from './RulesTable.js';
import { GOODWILL_TABS, type GoodwillTab } from './tabs.js';

const PARTS: Record<GoodwillTab, () => React.ReactNode> = {
  approvals: Approvals,
  rules: RulesTable,
  limits: LimitsForm,
  legal: LegalForm,
  ledgers: Ledgers,
  messages: Messages,
};

/** What waits to be decided, how goodwill is set up, and the two ledgers. */
export const GoodwillPage = () => {
  const { t } = useWords();
  const { tab = 'approvals' } = useSearch({ from: '/inside/goodwill' });
  const Part = PARTS[tab];
  const tabs = (
    <Tabs label={t('goodwill.tabs')}>
      {GOODWILL_TABS.map((each) => (
        <Link key={each} to="/goodwill" search={{ tab: each }} aria-current={each === tab ? 'page' : undefined}>
          {t(`goodwill.${each}`)}
        </Link>
      ))}
    </Tabs>
  );
  return (
    <Page title={t('goodwill.title')} lead={t('goodwill.lead')} beside={tabs}>
      <Part />
    </Page>
  );
};

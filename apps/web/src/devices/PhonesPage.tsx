import { Link, useSearch } from '@tanstack/react-router';
import { Page, Tabs } from '../app/Page.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { Models } from './Models.js';
import { StageWordingForm } from '../repairs/StageWordingForm.js';
import { Rules } from './Rules.js';

/** One of both is where one is: the other shares its path. */
const AS_IT_IS = { exact: true };

/** Which phones there are, and by which terms warranties are decided. */
export const PhonesPage = () => {
  const { t } = useWords();
  const may = useMay();
  const { show } = useSearch({ from: '/inside/phones' });
  const tabs = (
    <Tabs label={t('phones.title')}>
      <Link to="/phones" search={{}} activeOptions={AS_IT_IS} aria-current={show ? undefined : 'page'}>
        {t('phones.tab.models')}
      </Link>
      <Link
        to="/phones"
        search={{ show: 'warranties' }}
        activeOptions={AS_IT_IS}
        aria-current={show === 'warranties' ? 'page' : undefined}
      >
        {t('phones.tab.warranties')}
      </Link>
      {may('repair.work') ? (
        <Link
          to="/phones"
          search={{ show: 'stages' }}
          activeOptions={AS_IT_IS}
          aria-current={show === 'stages' ? 'page' : undefined}
        >
          {t('phones.tab.stages')}
        </Link>
      ) : null}
    </Tabs>
  );
  return (
    <Page title={t('phones.title')} beside={tabs} lead={t('phones.lead')}>
      {show === 'stages' ? <StageWordingForm /> : show ? <Rules /> : <Models />}
    </Page>
  );
};

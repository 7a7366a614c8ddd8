import { Link, useSearch } from '@tanstack/react-router';
import { Page, Tabs } from '../app/Page.js';
import { useWords } from '../i18n/Words.js';
import { SuggestionList } from '../matching/SuggestionList.js';
import { RejectList } from './RejectList.js';
import { ReviewList } from './ReviewList.js';

const TABS = [undefined, 'reviews', 'suggestions', 'decided'] as const;
const LEADS = { reviews: 'quarantine.reviews.lead', suggestions: 'suggestion.list.lead' } as const;

/** The quarantine: what arrived and was not taken in, what was decided about it, and what names somebody else's case. */
export const RejectsPage = () => {
  const { t } = useWords();
  const { show } = useSearch({ from: '/inside/rejects' });
  return (
    <Page
      title={t('rejects.title')}
      lead={t(show && show !== 'decided' ? LEADS[show] : 'rejects.lead')}
      beside={
        <Tabs label={t('quarantine.tabs')}>
          {TABS.map((tab) => (
            <Link
              key={tab ?? 'open'}
              to="/rejects"
              search={tab ? { show: tab } : {}}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {t(tab === 'suggestions' ? 'suggestion.list.title' : `quarantine.${tab ?? 'open'}`)}
            </Link>
          ))}
        </Tabs>
      }
    >
      {show === 'reviews' ? <ReviewList /> : null}
      {show === 'suggestions' ? <SuggestionList /> : null}
      {show === undefined || show === 'decided' ? <RejectList key={show} decided={show === 'decided'} /> : null}
    </Page>
  );
};

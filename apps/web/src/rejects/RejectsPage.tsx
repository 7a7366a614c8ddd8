import { Link, useSearch } from '@tanstack/react-router';
import { useWords } from '../i18n/Words.js';
import { RejectList } from './RejectList.js';
import { ReviewList } from './ReviewList.js';
import channels from '../channels/Channels.module.css';
import styles from './RejectsPage.module.css';

const TABS = [undefined, 'reviews', 'decided'] as const;

/** The quarantine: what arrived and was not taken in, what was decided about it, and what names somebody else's case. */
export const RejectsPage = () => {
  const { t } = useWords();
  const { show } = useSearch({ from: '/inside/rejects' });
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>{t('rejects.title')}</h1>
        <nav className={channels.tabs} aria-label={t('quarantine.tabs')}>
          {TABS.map((tab) => (
            <Link
              key={tab ?? 'open'}
              to="/rejects"
              search={tab ? { show: tab } : {}}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {t(`quarantine.${tab ?? 'open'}`)}
            </Link>
          ))}
        </nav>
        <p>{t(show === 'reviews' ? 'quarantine.reviews.lead' : 'rejects.lead')}</p>
      </header>
      {show === 'reviews' ? <ReviewList /> : <RejectList key={show} decided={show === 'decided'} />}
    </main>
  );
};

import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import type { CaseView } from '#contracts';
import { countsQuery } from '../api/queries.js';
import { useWords } from '../i18n/Words.js';
import styles from './Queue.module.css';

const FIRST: CaseView[] = ['next', 'mine', 'unassigned'];
const REST: CaseView[] = ['open', 'update_due', 'without_service', 'waiting_partner', 'quiet', 'failed', 'closed'];

/** The views with their live counts; what is seldom needed waits under "More", and comes out when chosen. */
export const QueueTabs = ({ view }: { view: CaseView }) => {
  const { t } = useWords();
  const counts = useQuery(countsQuery).data?.counts;
  const countOf = (of: CaseView) => counts?.find((entry) => entry.view === of);
  const figure = (of: CaseView) => {
    const entry = countOf(of);
    if (!entry) return null;
    const { count, capped } = entry;
    return (
      <b>
        <span aria-hidden>{t('view.count', { count, capped })}</span>
        <span className="visually-hidden">{t('view.count_label', { count, capped })}</span>
      </b>
    );
  };
  const shown = REST.includes(view) ? [...FIRST.slice(0, 2), view] : FIRST;
  const folded = [...FIRST, ...REST].filter((of) => !shown.includes(of));
  const failing = (countOf('failed')?.count ?? 0) > 0 && folded.includes('failed');
  return (
    <nav className={styles.tabs} aria-label={t('view.list')}>
      {shown.map((of) => (
        <Link
          key={of}
          to="/inbox"
          search={{ view: of }}
          className={styles.tab}
          title={t(`view.${of}.title`)}
          data-on={of === view || undefined}
          aria-current={of === view ? 'page' : undefined}
        >
          {t(`view.${of}`)} {figure(of)}
        </Link>
      ))}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <button type="button" className={styles.tab} data-failing={failing || undefined} aria-label={t('view.more')}>
            <Ellipsis size={14} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {folded.map((of) => (
            <Menu.Item
              key={of}
              renderRoot={(props) => <Link {...props} to="/inbox" search={{ view: of }} />}
              rightSection={figure(of)}
            >
              {t(`view.${of}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
};

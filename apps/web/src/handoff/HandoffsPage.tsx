import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Page, Tabs } from '../app/Page.js';
import { Pick } from '../app/Pick.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { HandoffTable } from './HandoffTable.js';
import { partnersQuery } from './handoffRequests.js';
import { LetterList } from './LetterList.js';
import styles from './HandoffsPage.module.css';
import { HANDOFF_VIEWS } from './search.js';

const EXACTLY = { exact: true, includeSearch: true };

/** All the work that is between us and other companies, and what got stuck on its way. */
export const HandoffsPage = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const manages = useMay()('handoff.manage');
  const { show, partner, measure, days = 90 } = useSearch({ from: '/inside/handoffs' });
  const partners = useQuery(partnersQuery).data?.items ?? [];
  const kept = partner ? { partner } : {};
  const shown = show === 'letters' && !manages ? undefined : show;
  return (
    <Page
      title={t('handoffs.title')}
      lead={t(`handoffs.lead.${shown ?? 'open'}`)}
      beside={
        <Tabs label={t('handoffs.views')}>
          {[undefined, ...HANDOFF_VIEWS, ...(manages ? (['letters'] as const) : [])].map((view) => (
            <Link
              key={view ?? 'open'}
              to="/handoffs"
              search={view ? { show: view, ...kept } : kept}
              activeOptions={EXACTLY}
            >
              {t(`handoffs.view.${view ?? 'open'}`)}
            </Link>
          ))}
        </Tabs>
      }
      tools={
        shown === 'letters' || partners.length === 0 ? null : (
          <Pick
            label={t('handoffs.partner')}
            value={partner}
            all={t('handoffs.partner.all')}
            options={partners.map(({ id, name }) => ({ value: id, words: name }))}
            onPick={(picked) =>
              void navigate({
                to: '/handoffs',
                search: { ...(show ? { show } : {}), ...(picked ? { partner: picked } : {}) },
              })
            }
          />
        )
      }
    >
      {measure ? (
        <p className={styles.counted}>
          {t('score.only', { measure: t(`score.${measure}`), days })}
          <Link to="/handoffs" search={{ show: 'all', ...kept }}>
            {t('score.only.off')}
          </Link>
        </p>
      ) : null}
      {shown === 'letters' ? (
        <LetterList />
      ) : (
        <HandoffTable
          key={`${shown}${partner}${measure}`}
          view={shown ?? 'open'}
          partnerId={partner}
          counted={measure ? { measure, days } : undefined}
        />
      )}
    </Page>
  );
};

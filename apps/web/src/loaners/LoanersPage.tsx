import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { storesQuery } from '../api/queries.js';
import { Page, Tabs } from '../app/Page.js';
import { Pick } from '../app/Pick.js';
import { useMay, useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { Board } from './Board.js';
import { Demand } from './Demand.js';
import { HouseForm } from './HouseForm.js';
import { Models } from './Models.js';

const EXACTLY = { exact: true };

/** The phones there are to lend: the pool of a store, the models, and by which rules they are lent. */
export const LoanersPage = () => {
  const { t } = useWords();
  const may = useMay();
  const me = useUser();
  const navigate = useNavigate();
  const { show, store } = useSearch({ from: '/inside/loaners' });
  const stores = useQuery(storesQuery).data?.items ?? [];
  const storeId = (me.role === 'store' ? me.storeId : store) ?? me.storeId ?? stores[0]?.id ?? '';
  const tabs = may('loaner.manage') ? (
    <Tabs label={t('loaners.title')}>
      <Link
        to="/loaners"
        search={store ? { store } : {}}
        activeOptions={EXACTLY}
        aria-current={show ? undefined : 'page'}
      >
        {t('loaners.pool')}
      </Link>
      {(['demand', 'models', 'rules'] as const).map((part) => (
        <Link
          key={part}
          to="/loaners"
          search={part === 'demand' && store ? { show: part, store } : { show: part }}
          activeOptions={EXACTLY}
          aria-current={show === part ? 'page' : undefined}
        >
          {t(`loaners.${part}`)}
        </Link>
      ))}
    </Tabs>
  ) : null;
  const chooser =
    me.role === 'store' || (show && show !== 'demand') ? null : (
      <Pick
        label={t('loan.store')}
        value={show ? store : storeId}
        {...(show ? { all: t('loaners.demand.everywhere') } : {})}
        options={stores.map(({ id, name }) => ({ value: id, words: name }))}
        onPick={(picked) =>
          void navigate({ to: '/loaners', search: { ...(show ? { show } : {}), ...(picked ? { store: picked } : {}) } })
        }
      />
    );
  const parts = {
    demand: <Demand key={store ?? ''} storeId={store} />,
    models: <Models />,
    rules: <HouseForm />,
  };
  return (
    <Page title={t('loaners.title')} beside={tabs} tools={chooser}>
      {show && may('loaner.manage') ? parts[show] : <Board key={storeId} storeId={storeId} />}
    </Page>
  );
};

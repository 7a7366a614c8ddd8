import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Plus } from 'lucide-react';
import { useState } from 'react';
import { ERRORS, TWITTER_NEEDED_SCOPES, type TwitterAccount } from '#contracts';
import { accountsQuery } from '../api/queries.js';
import { checkAccount, connectAccount, removeAccount } from '../api/requests.js';
import { Avatar } from '../app/Avatar.js';
import { Bone } from '../app/Bone.js';
import { Confirm } from '../app/Confirm.js';
import { Empty } from '../app/Empty.js';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { clock, moment } from '../i18n/moments.js';
import channels from './Channels.module.css';
import styles from './Settings.module.css';

const nameOf = ({ handle, name, userId }: TwitterAccount): string => (handle ? `@${handle}` : (name ?? userId));

/** Leads to X, where whoever runs the account gives permission; X leads back here. */
const useConnect = () => {
  const { busy, run } = useDeed();
  return {
    busy,
    connect: () =>
      void run(async () => {
        const { url } = await connectAccount();
        window.location.assign(url);
      }, false),
  };
};

const Facts = ({ account }: { account: TwitterAccount }) => {
  const { t, intl } = useWords();
  const { state, source, detail, waiting, openAt, expiresAt, scopes, auth } = account;
  const short = auth === 'oauth2' && TWITTER_NEEDED_SCOPES.some((scope) => !scopes.includes(scope));
  return (
    <>
      <p className={channels.state} data-state={state === 'ok' ? 'ok' : 'trouble'}>
        {state === 'ok' ? <CircleCheck size={14} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
        {t(`accounts.state.${state}`)}
      </p>
      <p className={styles.facts}>
        {t('accounts.waiting', { count: waiting })}
        {openAt ? ` · ${t('accounts.open_at', { time: clock(intl, openAt) })}` : null}
        {expiresAt ? ` · ${t('accounts.expires', { time: moment(intl, expiresAt) })}` : null}
        {source === 'environment' ? ` · ${t('accounts.environment')}` : null}
      </p>
      {short ? <p className={styles.warning}>{t('accounts.missing_scope')}</p> : null}
      {detail ? <p className={styles.said}>{t('accounts.detail', { detail })}</p> : null}
    </>
  );
};

const Account = ({ account }: { account: TwitterAccount }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const { busy, run } = useDeed();
  const { busy: leaving, connect } = useConnect();
  const [removing, setRemoving] = useState(false);
  const name = nameOf(account);
  const check = () =>
    run(async () => {
      const checked = await checkAccount(account.userId);
      client.setQueryData(accountsQuery.queryKey, checked);
      const now = checked.items.find(({ userId }) => userId === account.userId)?.state ?? account.state;
      notify(t('accounts.checked', { state: t(`accounts.state.${now}`) }));
      await client.invalidateQueries({ queryKey: ['health'] });
    }, false);
  return (
    <li className={styles.card}>
      <Avatar name={name} size={40} />
      <div className={styles.what}>
        <h3>
          {name} {account.name && account.handle ? <small>{account.name}</small> : null}
        </h3>
        <Facts account={account} />
      </div>
      <div className={styles.deeds}>
        {account.state !== 'ok' && account.source === 'connected' ? (
          <Button
            size="xs"
            variant="filled"
            loading={leaving}
            aria-label={t('accounts.reconnect_of', { name })}
            onClick={connect}
          >
            {t('accounts.reconnect')}
          </Button>
        ) : null}
        <Button size="xs" loading={busy} aria-label={t('accounts.check_of', { name })} onClick={() => void check()}>
          {t('accounts.check')}
        </Button>
        {account.source === 'connected' ? (
          <Button
            size="xs"
            variant="subtle"
            aria-label={t('accounts.remove_of', { name })}
            onClick={() => setRemoving(true)}
          >
            {t('accounts.remove')}
          </Button>
        ) : null}
      </div>
      {removing ? (
        <Confirm
          grave
          title={t('accounts.remove.title', { name })}
          lead={t('accounts.remove.lead')}
          deed={t('accounts.remove')}
          onClose={() => setRemoving(false)}
          run={async () => {
            await removeAccount(account.userId);
            notify(t('accounts.removed'));
            await Promise.all(
              ['accounts', 'health'].map((queryKey) => client.invalidateQueries({ queryKey: [queryKey] })),
            );
          }}
        />
      ) : null}
    </li>
  );
};

/** What X sent the browser back with. */
const Return = () => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { connected, refused } = useSearch({ from: '/inside/channels/twitter' });
  if (connected)
    return (
      <p className={styles.good} role="status">
        <CircleCheck size={16} aria-hidden /> {t('accounts.connected')}
      </p>
    );
  if (!refused) return null;
  const why = Object.entries(ERRORS).find(([code]) => code === refused)?.[1][language] ?? '';
  return (
    <p className={styles.bad} role="alert">
      <CircleAlert size={16} aria-hidden />
      <span>
        <b>{t('accounts.refused')}</b> {why} <small>{t('error.code', { code: refused })}</small>
      </span>
    </p>
  );
};

/** The care accounts on X: how they are, one more, one less. */
export const AccountsPage = () => {
  const { t } = useWords();
  const accounts = useQuery(accountsQuery);
  const { busy, connect } = useConnect();
  const items = accounts.data?.items ?? [];
  const button = (
    <Button variant="filled" leftSection={<Plus size={16} />} loading={busy} onClick={connect}>
      {t('accounts.connect')}
    </Button>
  );
  return (
    <section className={styles.body} aria-label={t('accounts.title')}>
      <Return />
      <div className={styles.top}>
        <div>
          <h2>{t('accounts.title')}</h2>
          <p>{t('accounts.lead')}</p>
        </div>
        {items.length > 0 ? button : null}
      </div>
      {accounts.isPending ? <Bone width="60%" height={48} /> : null}
      {accounts.isError ? (
        <Trouble what={t('accounts.error')} error={accounts.error} onRetry={() => void accounts.refetch()} />
      ) : null}
      {accounts.isSuccess && items.length === 0 ? (
        <Empty small title={t('accounts.empty')} lead={`${t('accounts.empty.lead')} ${t('accounts.connect.lead')}`}>
          {button}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <>
          <ul className={styles.list}>
            {items.map((account) => (
              <Account key={account.userId} account={account} />
            ))}
          </ul>
          <p className={styles.note}>{t('accounts.connect.lead')}</p>
        </>
      ) : null}
    </section>
  );
};

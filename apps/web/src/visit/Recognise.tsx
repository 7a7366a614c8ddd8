import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowRight, CircleDot, Plus, Search, Smartphone } from 'lucide-react';
import { customersQuery } from '../api/queries.js';
import { Avatar } from '../app/Avatar.js';
import { TierGlyph } from '../app/glyphs.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import { personFrom } from './visit.rules.js';
import type { ChangeVisit, FoundCustomer, VisitDraft } from './visitDraft.js';
import styles from './Recognise.module.css';

const addressesOf = ({ contactPoints }: FoundCustomer): string =>
  contactPoints.map(({ handle, display }) => (handle ? `@${handle}` : display.replaceAll(' ', '\u00a0'))).join(' · ');

/** The likeliest person: why it is them, what they told us already, and the one big button. */
const BestHit = ({ customer, onChoose }: { customer: FoundCustomer; onChoose: () => void }) => {
  const { t, intl } = useWords();
  const { openCase } = customer;
  return (
    <article className={styles.hit} aria-label={customer.displayName}>
      <header>
        <Avatar name={customer.displayName} size={60} />
        <div>
          <h2>{customer.displayName}</h2>
          <p>
            <TierGlyph tier={customer.tier} label="" /> {t(`tier.${customer.tier}`)} · {addressesOf(customer)}
          </p>
        </div>
        <span className={styles.badge} data-open={openCase ? true : undefined}>
          {openCase ? t('visit.open_case', { date: day(intl, openCase.openedAt) }) : t('visit.no_case')}
        </span>
      </header>
      <div className={styles.known}>
        {openCase ? (
          <>
            <p className={styles.already}>{t('visit.already')}</p>
            <p className={styles.fact}>
              <Smartphone size={22} aria-hidden /> <b>{openCase.problem || t('queue.no_problem')}</b>
            </p>
            <p className={styles.fact}>
              <CircleDot size={22} aria-hidden />
              <span>
                {t(`status.${openCase.status}`)} · {openCase.reference}
              </span>
            </p>
          </>
        ) : null}
        <button type="button" className={styles.primary} onClick={onChoose}>
          {t(openCase ? 'visit.join' : 'visit.open_for')} <ArrowRight size={20} aria-hidden />
        </button>
      </div>
    </article>
  );
};

const Others = ({
  customers,
  onChoose,
}: {
  customers: FoundCustomer[];
  onChoose: (customer: FoundCustomer) => void;
}) => {
  const { t, intl } = useWords();
  if (customers.length === 0) return null;
  return (
    <>
      <h2 className={styles.maybe}>{t('visit.maybe')}</h2>
      <ul>
        {customers.map((customer) => (
          <li key={customer.id}>
            <button type="button" className={styles.other} onClick={() => onChoose(customer)}>
              <Avatar name={customer.displayName} size={40} />
              <span>
                <b>{customer.displayName}</b>
                <small>
                  {addressesOf(customer)} ·{' '}
                  {customer.openCase
                    ? t('visit.open_case', { date: day(intl, customer.openCase.openedAt) })
                    : t('visit.no_case')}
                </small>
              </span>
              <ArrowRight size={20} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};

interface Props {
  draft: VisitDraft;
  change: ChangeVisit;
}

/** One box for everything a person can be known by. */
export const Recognise = ({ draft, change }: Props) => {
  const { t } = useWords();
  const may = useMay();
  const looked = draft.looked.trim();
  const [asked] = useDebouncedValue(looked, 180);
  const search = useQuery({ ...customersQuery(asked), placeholderData: keepPreviousData });
  const customers = asked.length >= 2 ? (search.data?.items ?? []) : [];
  const [best, ...others] = customers.toSorted((one, other) => Number(!!other.openCase) - Number(!!one.openCase));
  const settled = asked.length >= 2 && search.isSuccess && !search.isPlaceholderData;
  const choose = (found: FoundCustomer) => change({ found, added: null, person: null });

  return (
    <>
      <h1 className={styles.title}>{t('visit.title')}</h1>
      <p className={styles.lead}>{t(may('customer.search') ? 'visit.lead' : 'visit.lead_exact')}</p>
      <div className={styles.box}>
        <Search size={24} aria-hidden />
        <input
          type="search"
          value={draft.looked}
          aria-label={t('visit.box')}
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => change({ looked: event.currentTarget.value })}
        />
      </div>
      <p className={styles.status} role="status">
        {settled
          ? t('visit.found', { count: customers.length, q: asked })
          : search.isFetching
            ? t('visit.searching')
            : null}
      </p>
      {search.isError ? (
        <Trouble what={t('error.search')} error={search.error} onRetry={() => void search.refetch()} />
      ) : null}
      {best ? <BestHit customer={best} onChoose={() => choose(best)} /> : null}
      <Others customers={others} onChoose={choose} />
      {looked.length >= 2 ? (
        <button
          type="button"
          className={styles.other}
          data-main={settled && customers.length === 0 ? true : undefined}
          onClick={() => change({ person: personFrom(looked), added: null, found: null })}
        >
          <span className={styles.plus}>
            <Plus size={20} aria-hidden />
          </span>
          <span>
            <b>{t('visit.new')}</b>
            <small>{t('visit.new.lead')}</small>
          </span>
          <ArrowRight size={20} aria-hidden />
        </button>
      ) : null}
    </>
  );
};

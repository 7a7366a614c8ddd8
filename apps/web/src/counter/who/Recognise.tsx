import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowRight, BadgeCheck, PackageOpen, Plus, QrCode, ScanLine, Search } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { z } from 'zod';
import { readCode, searchedAs, type CaseDetail, type CustomerRow, type IntakeKind } from '#contracts';
import { customersQuery } from '../../api/queries.js';
import { Avatar } from '../../app/Avatar.js';
import { TierGlyph } from '../../app/glyphs.js';
import { useMay } from '../../app/session.js';
import { Trouble } from '../../app/Trouble.js';
import { useWords } from '../../i18n/Words.js';
import { day } from '../../i18n/moments.js';
import { scanCode } from '../../tracking/trackingRequests.js';
import type { Reading } from '../scan/read.rules.js';
import { StoryLines } from './StoryLines.js';
import { useKnownCase } from './useKnownCase.js';
import styles from './Recognise.module.css';

const ScanDialog = lazy(() => import('../scan/ScanDialog.js'));

export type FoundCustomer = z.infer<typeof CustomerRow>;

const addressesOf = ({ contactPoints }: FoundCustomer): string =>
  contactPoints.map(({ handle, display }) => (handle ? `@${handle}` : display.replaceAll(' ', '\u00a0'))).join(' · ');

const bare = (text: string): string => text.replace(/[^\p{L}\d]/gu, '').toLowerCase();

/** Which of their addresses is the one that was asked for. */
const matchedBy = ({ contactPoints }: FoundCustomer, asked: string) =>
  contactPoints.find(({ handle, value, display }) =>
    [handle, value, display].some((one) => one && bare(one).endsWith(bare(asked)) && bare(asked).length >= 5),
  );

interface HitProps {
  customer: FoundCustomer;
  asked: string;
  scanned: boolean;
  onChoose: (kind: IntakeKind, detail: CaseDetail | null) => void;
}

/** The likeliest person: why it is them, what they told us already, and the one big button. */
const BestHit = ({ customer, asked, scanned, onChoose }: HitProps) => {
  const { t, intl } = useWords();
  const { openCase } = customer;
  const detail = useKnownCase(openCase?.reference);
  const by = matchedBy(customer, asked);
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
      {scanned || by ? (
        <p className={styles.why}>
          {scanned ? (
            <span>
              <QrCode size={16} aria-hidden /> {t('visit.why.code')}
            </span>
          ) : null}
          {by ? (
            <span>
              <BadgeCheck size={16} aria-hidden /> {by.handle ? `@${by.handle}` : by.display}
            </span>
          ) : null}
        </p>
      ) : null}
      <div className={styles.known}>
        {openCase ? (
          <>
            <p className={styles.already}>{t('visit.already')}</p>
            {detail ? (
              <StoryLines detail={detail} />
            ) : (
              <p className={styles.fact}>
                <b>{openCase.problem || t('queue.no_problem')}</b> · {t(`status.${openCase.status}`)} ·{' '}
                {openCase.reference}
              </p>
            )}
          </>
        ) : null}
        <div className={styles.deeds}>
          <button type="button" className={styles.primary} onClick={() => onChoose('intake', detail)}>
            {t(openCase ? 'visit.join' : 'visit.open_for')} <ArrowRight size={20} aria-hidden />
          </button>
          {openCase ? (
            <button type="button" className={styles.secondary} onClick={() => onChoose('pick_up', detail)}>
              <PackageOpen size={20} aria-hidden /> {t('visit.picks_up')}
            </button>
          ) : null}
        </div>
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

/** Whom the box means: a code that was scanned shows its case to this shop, everything else is searched for as it stands. */
const useLooked = (looked: string) => {
  const [settledText] = useDebouncedValue(looked, 180);
  const code = readCode(settledText);
  const proven = code?.proof ? settledText : null;
  const scan = useQuery({
    queryKey: ['scan', proven],
    queryFn: () => scanCode(proven ?? ''),
    enabled: proven !== null,
    retry: false,
    staleTime: 60_000,
  });
  const asked = proven ? (scan.isSuccess ? scan.data.reference : '') : searchedAs(settledText);
  const search = useQuery({ ...customersQuery(asked), placeholderData: keepPreviousData });
  return { asked, scan, search, scanned: scan.isSuccess };
};

interface Props {
  looked: string;
  onLook: (looked: string) => void;
  onKnown: (customer: FoundCustomer, kind: IntakeKind, detail: CaseDetail | null) => void;
  onNew: (looked: string) => void;
}

/** One box for everything a person can be known by. */
export const Recognise = ({ looked: typed, onLook, onKnown, onNew }: Props) => {
  const { t } = useWords();
  const may = useMay();
  const [scanning, setScanning] = useState(false);
  const looked = typed.trim();
  const { asked, scan, search, scanned } = useLooked(looked);
  const customers = asked.length >= 2 ? (search.data?.items ?? []) : [];
  const [best, ...others] = customers.toSorted((one, other) => Number(!!other.openCase) - Number(!!one.openCase));
  const settled = asked.length >= 2 && search.isSuccess && !search.isPlaceholderData;
  const read = (reading: Reading) => {
    setScanning(false);
    onLook(reading.kind === 'imei' ? reading.imei : reading.kind === 'leg' ? reading.code : reading.text);
  };
  const error = scan.error ?? search.error;
  const code = readCode(looked);
  const scannedCode = code?.proof ? code : null;

  return (
    <section aria-labelledby="who">
      <h1 className={styles.title} id="who">
        {t('visit.title')}
      </h1>
      <p className={styles.lead}>{t(may('customer.search') ? 'visit.lead' : 'visit.lead_exact')}</p>
      <div className={styles.box}>
        {scannedCode ? <QrCode size={24} aria-hidden /> : <Search size={24} aria-hidden />}
        {scannedCode ? <span className={styles.tag}>{scannedCode.reference}</span> : null}
        <input
          type="search"
          value={scannedCode ? '' : typed}
          onKeyDown={(event) => {
            if (scannedCode && (event.key === 'Backspace' || event.key === 'Escape')) onLook('');
          }}
          aria-label={t('visit.box')}
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => onLook(event.currentTarget.value)}
        />
        <button type="button" onClick={() => setScanning(true)}>
          <ScanLine size={20} aria-hidden /> {t('scan.scan')}
        </button>
      </div>
      <p className={styles.status} role="status">
        {settled
          ? t('visit.found', { count: customers.length, q: asked })
          : search.isFetching || scan.isFetching
            ? t('visit.searching')
            : null}
      </p>
      {error ? (
        <Trouble
          what={t('error.search')}
          error={error}
          onRetry={() => void (scan.isError ? scan.refetch() : search.refetch())}
        />
      ) : null}
      {best ? (
        <BestHit
          key={best.id}
          customer={best}
          asked={asked}
          scanned={scanned}
          onChoose={(kind, detail) => onKnown(best, kind, detail)}
        />
      ) : null}
      <Others customers={others} onChoose={(customer) => onKnown(customer, 'intake', null)} />
      {looked.length >= 2 ? (
        <button
          type="button"
          className={styles.other}
          data-main={(settled && customers.length === 0) || error !== null || undefined}
          onClick={() => onNew(looked)}
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
      <Suspense fallback={null}>
        {scanning ? (
          <ScanDialog
            title={t('scan.title')}
            lead={t('scan.lead')}
            wanted={['code', 'imei']}
            onRead={read}
            onClose={() => setScanning(false)}
          />
        ) : null}
      </Suspense>
    </section>
  );
};

import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Footprints, Handshake, Minus, Plus } from 'lucide-react';
import type { CaseView, Handover, WarmRedirect } from '#contracts';
import { useUser } from '../app/session.js';
import { firstName } from '../case/caseContext.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { brief } from '../i18n/moments.js';
import { bringText } from './ownershipEvents.js';
import {
  acknowledgeHandover,
  acknowledgeRedirect,
  handoversQuery,
  onTheirWayQuery,
  storeFactsQuery,
  tellOfStore,
} from './ownershipRequests.js';
import { useOwnershipDeed } from './useOwnershipDeed.js';
import styles from './Strips.module.css';

/** Above the rows: cases that were handed to me, and at a store, who is on their way. */
export const Strips = ({ view }: { view: CaseView }) => {
  const { t } = useWords();
  const { storeId } = useUser();
  const handed = useQuery(handoversQuery).data?.items ?? [];
  const coming = useQuery({ ...onTheirWayQuery, enabled: storeId !== null }).data?.items ?? [];
  if (handed.length === 0 && coming.length === 0 && storeId === null) return null;
  return (
    <div className={styles.strips}>
      {handed.length > 0 ? (
        <section aria-label={t('strip.handed')}>
          <h2>
            <Handshake size={14} aria-hidden /> {t('strip.handed')} <b>{handed.length}</b>
          </h2>
          <ul>
            {handed.map((handover) => (
              <Handed key={handover.id} handover={handover} view={view} />
            ))}
          </ul>
        </section>
      ) : null}
      {storeId ? (
        <section aria-label={t('strip.coming')}>
          <h2>
            <Footprints size={14} aria-hidden /> {t('strip.coming')} <b>{coming.length}</b>
            <Waiting storeId={storeId} />
          </h2>
          <ul>
            {coming.map((redirect) => (
              <Coming key={redirect.id} redirect={redirect} view={view} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
};

const Handed = ({ handover, view }: { handover: Handover; view: CaseView }) => {
  const { t } = useWords();
  const { run, busy } = useOwnershipDeed();
  const { by, reason, case: of } = handover;
  return (
    <li>
      <Link to="/cases/$reference" params={{ reference: of.reference }} search={{ view }}>
        <b>{of.customer}</b>
        <span>{t('handover.to_me', { name: firstName(by.displayName), reason })}</span>
      </Link>
      <Button
        size="xs"
        loading={busy}
        aria-label={t('handover.acknowledge.of', { name: of.customer })}
        onClick={() => void run(() => acknowledgeHandover(handover.id))}
      >
        {t('handover.acknowledge')}
      </Button>
    </li>
  );
};

const Coming = ({ redirect, view }: { redirect: WarmRedirect; view: CaseView }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { run, busy } = useOwnershipDeed();
  const { case: of, bring, acknowledgedAt, at } = redirect;
  return (
    <li>
      <Link to="/cases/$reference" params={{ reference: of.reference }} search={{ view }}>
        <b>{of.customer}</b> <small>{brief(intl, at)}</small>
        <span>{of.problem ?? of.reference}</span>
        {bring.length > 0 ? <small>{t('strip.brings', { things: bringText(bring, language) })}</small> : null}
      </Link>
      {acknowledgedAt ? (
        <small className={styles.known}>
          <Check size={12} aria-hidden /> {t('strip.known')}
        </small>
      ) : (
        <Button
          size="xs"
          loading={busy}
          aria-label={t('strip.acknowledge.of', { name: of.customer })}
          onClick={() => void run(() => acknowledgeRedirect(redirect.id))}
        >
          {t('strip.acknowledge')}
        </Button>
      )}
    </li>
  );
};

/** How many wait at the counter: whoever is sent here is told. */
const Waiting = ({ storeId }: { storeId: string }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const { run, busy } = useOwnershipDeed();
  const store = useQuery(storeFactsQuery).data?.items.find(({ id }) => id === storeId);
  if (!store) return null;
  const count = store.waiting ?? 0;
  const tell = async (waiting: number) => {
    await run(() => tellOfStore(storeId, { waiting }));
    await client.invalidateQueries({ queryKey: storeFactsQuery.queryKey });
  };
  return (
    <span className={styles.waiting} role="group" aria-label={t('strip.waiting')}>
      <button
        type="button"
        disabled={busy || count === 0}
        aria-label={t('strip.fewer')}
        onClick={() => void tell(count - 1)}
      >
        <Minus size={14} />
      </button>
      <span role="status">{t('strip.waiting.count', { count: store.waiting ?? -1 })}</span>
      <button type="button" disabled={busy} aria-label={t('strip.more')} onClick={() => void tell(count + 1)}>
        <Plus size={14} />
      </button>
    </span>
  );
};

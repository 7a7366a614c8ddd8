import { useQuery } from '@tanstack/react-query';
import { SHARE_FIELD_WORDS, type CustomerShare } from '#contracts';
import { Trouble } from '../app/Trouble.js';
import { day, whole } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { customerSharesQuery } from '../partners/partnerRequests.js';
import partners from '../partners/Partners.module.css';
import styles from './CustomerPage.module.css';

const Share = ({ share }: { share: CustomerShare }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { forgottenAt, keptUntil } = share;
  const until = forgottenAt
    ? t('shares.forgotten', { at: day(intl, forgottenAt) })
    : keptUntil
      ? t('shares.kept', { at: day(intl, keptUntil) })
      : t('shares.open');
  return (
    <li>
      <b>{share.partner}</b> <small title={whole(intl, share.sharedAt)}>{`${share.reference} · ${until}`}</small>
      <p>
        {share.fields
          .map(({ field, purpose }) => t('shares.field', { field: SHARE_FIELD_WORDS[field][language], purpose }))
          .join(' · ')}
      </p>
    </li>
  );
};

/** Which other companies were told what of this customer, and what for. The values are nowhere here. */
export const SharesPanel = ({ customerId }: { customerId: string }) => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(customerSharesQuery(customerId));
  return (
    <>
      <h2>{t('shares.title')}</h2>
      {isError ? <Trouble what={t('shares.title')} error={error} onRetry={() => void refetch()} /> : null}
      {data?.items.length === 0 ? <p className={styles.none}>{t('shares.none')}</p> : null}
      <ul className={partners.told} aria-label={t('shares.title')} aria-busy={!data}>
        {data?.items.map((share) => (
          <Share key={share.handoffId} share={share} />
        ))}
      </ul>
    </>
  );
};

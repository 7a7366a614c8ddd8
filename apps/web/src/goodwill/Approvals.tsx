import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty } from '../app/Empty.js';
import { Bone } from '../app/Bone.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { BenefitLine } from './BenefitLine.js';
import { approvalsQuery } from './goodwillRequests.js';
import styles from './Goodwill.module.css';

/** What somebody asked for and may not decide: who has waited longest first. */
export const Approvals = () => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(approvalsQuery);
  if (isError && !data) return <Trouble what={t('goodwill.approvals')} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Bone width="60%" />;
  if (data.items.length === 0)
    return <Empty title={t('goodwill.approvals.none')} lead={t('goodwill.approvals.none.lead')} />;
  return (
    <ul className={styles.list}>
      {data.items.map((approval) => (
        <li key={approval.id} className={styles.card}>
          <h2>
            <Link to="/cases/$reference" params={{ reference: approval.case.reference }} search={{ view: 'open' }}>
              {approval.case.customerName} · {approval.case.reference}
            </Link>
          </h2>
          <ul className={styles.list}>
            <BenefitLine benefit={approval} fee={null} />
          </ul>
          {approval.mine ? null : <p className={styles.why}>{t('goodwill.own')}</p>}
        </li>
      ))}
    </ul>
  );
};

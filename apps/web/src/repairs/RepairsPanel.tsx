import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import type { CaseDetail, RepairOrder } from '#contracts';
import { Bone } from '../app/Bone.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { isOver } from '../case/stage.rules.js';
import { useWords } from '../i18n/Words.js';
import { ReliefTasks } from './ReliefTasks.js';
import { RepairCard } from './RepairCard.js';
import { openRepairDialog } from './repairDialogs.js';
import { repairsQuery } from './repairRequests.js';
import styles from './Repairs.module.css';

/** Where the phones of a case are, what their repair costs, and what relieves meanwhile. */
export const RepairsPanel = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const { data, error, isError, refetch } = useQuery(repairsQuery(detail.id, detail.version));
  const works = may('repair.work') && !isOver(detail.status);
  const orders: RepairOrder[] = data?.items ?? [];
  return (
    <section aria-labelledby="repairs">
      <h3 id="repairs">
        {t('repairs.title')}
        {works ? (
          <button
            type="button"
            className={styles.link}
            aria-label={t('repairs.open')}
            style={{ marginLeft: 'auto', minWidth: 24 }}
            onClick={() => openRepairDialog({ name: 'open' })}
          >
            <Plus size={14} aria-hidden />
          </button>
        ) : null}
      </h3>
      {isError ? <Trouble what={t('repairs.unread')} error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError && detail.repairs.length > 0 ? <Bone width="70%" height={14} /> : null}
      {data && orders.length === 0 ? <p className={styles.none}>{t('repairs.none')}</p> : null}
      {orders.map((order) => (
        <RepairCard key={order.id} order={order} detail={detail} works={works} onOpen={openRepairDialog} />
      ))}
      {data ? (
        <ReliefTasks
          detail={detail}
          tasks={data.relief}
          works={works}
          onPlan={() => openRepairDialog({ name: 'relief' })}
        />
      ) : null}
    </section>
  );
};

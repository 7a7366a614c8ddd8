import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { Bone } from '../app/Bone.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { openCaseDialog } from '../case/caseDialogs.js';
import { isOver } from '../case/stage.rules.js';
import { useWords } from '../i18n/Words.js';
import tools from '../story/Problems.module.css';
import { DeviceCard } from './DeviceCard.js';
import { caseDevicesQuery } from './deviceRequests.js';
import styles from './Devices.module.css';

/** The phones of a case. */
export const DevicesPanel = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const { data, isError, error, refetch } = useQuery(caseDevicesQuery(detail.id, detail.version));
  const movable = !isOver(detail.status);
  return (
    <section aria-labelledby="devices">
      <h3 id="devices" className={tools.head}>
        {t('device.panel')}
        {movable && may('device.write') ? (
          <button
            type="button"
            className={tools.tool}
            aria-label={t('device.add')}
            onClick={() => openCaseDialog({ name: 'device' })}
          >
            <Plus size={14} aria-hidden />
          </button>
        ) : null}
      </h3>
      {isError ? <Trouble what={t('device.failed')} error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Bone width="60%" /> : null}
      {data?.items.length === 0 ? <p className={styles.none}>{t('device.none')}</p> : null}
      {data?.items.map((device) => (
        <DeviceCard key={device.id} detail={detail} device={device} movable={movable} />
      ))}
    </section>
  );
};

import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail, CaseDevice, DeviceRef, RevealedDevice } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { useWords } from '../i18n/Words.js';
import { DeviceMenu } from './DeviceMenu.js';
import { revealDevice } from './deviceRequests.js';
import { useDeviceDeed } from './useDeviceDeed.js';
import styles from './Devices.module.css';

const ProofDialog = lazy(() => import('../customer/ProofDialog.js'));

/** The numbers of a phone, each with what it is. */
export const useNumbers = () => {
  const { t } = useWords();
  return ({ imei, imei2, meid, serial }: RevealedDevice | DeviceRef): string[] => [
    ...[imei, imei2].flatMap((each) => (each ? [`IMEI ${each}`] : [])),
    ...(meid ? [`MEID ${meid}`] : []),
    ...(serial ? [`${t('device.serial')} ${serial}`] : []),
  ];
};

interface Props {
  detail: CaseDetail;
  device: CaseDevice;
  writes: boolean;
  onOpen: (dialog: 'term' | 'replace' | 'join') => void;
}

/** Which one it is; its numbers whole for whoever has reason to see them, as long as they are looked at. */
export const DeviceName = ({ detail, device, writes, onOpen }: Props) => {
  const { t } = useWords();
  const numbersOf = useNumbers();
  const { run } = useDeviceDeed(detail);
  const [revealed, setRevealed] = useState<RevealedDevice | null>(null);
  const [proving, setProving] = useState(false);
  const name = device.name || t('device.nameless');
  const show = () =>
    run(async () => {
      try {
        setRevealed(await revealDevice(detail.id, device.id));
      } catch (error) {
        // What is refused for want of a proof leads to how it is given.
        if (!(error instanceof ApiFailure && error.code === 'proof.required')) throw error;
        setProving(true);
      }
    }, false);
  return (
    <>
      <div className={styles.name}>
        <b>
          <Link to="/devices/$id" params={{ id: device.id }} title={t('device.open')}>
            {name}
          </Link>
        </b>
        <DeviceMenu
          name={name}
          writes={writes}
          replaced={device.replacedBy !== null}
          revealed={revealed !== null}
          onReveal={() => (revealed ? setRevealed(null) : void show())}
          onOpen={onOpen}
        />
      </div>
      <p className={styles.numbers}>
        {numbersOf(revealed ?? device).map((number) => (
          <span key={number} className={revealed ? styles.whole : undefined}>
            {number}
          </span>
        ))}
        {device.earlierCases > 0 ? <span>{t('device.earlier', { count: device.earlierCases })}</span> : null}
      </p>
      <Suspense fallback={null}>
        {proving ? (
          <ProofDialog detail={detail} why={t('device.reveal.needs')} onClose={() => setProving(false)} />
        ) : null}
      </Suspense>
    </>
  );
};

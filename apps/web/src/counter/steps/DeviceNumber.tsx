import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ScanLine, Smartphone } from 'lucide-react';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { FAULT_WORDS, imeiProblemText, readDeviceNumber, readImei, type Device, type DeviceModel } from '#contracts';
import { useLanguage, useWords } from '../../i18n/Words.js';
import { day } from '../../i18n/moments.js';
import { deviceByImeiQuery, modelByImeiQuery } from '../counterRequests.js';
import { useField, useKeeper } from '../keep/useIntake.js';
import { groupedImei } from '../pieces/imei.rules.js';
import { Line } from '../pieces/Line.js';
import pieces from '../pieces/Pieces.module.css';
import { Waiver } from '../pieces/Waiver.js';
import type { Reading } from '../scan/read.rules.js';
import styles from '../Counter.module.css';

const ScanDialog = lazy(() => import('../scan/ScanDialog.js'));

/** A phone that was here before: what it is, and what is to be known of it. */
const KnownDevice = ({ device }: { device: Device }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { cases, repairs } = device.history;
  const [last] = cases;
  return (
    <div className={styles.note} role="status">
      <Smartphone size={24} aria-hidden />
      <span>
        <b>{device.name}</b>
        <small>
          {t('device.known', { cases: cases.length, repairs: repairs.length })}
          {last
            ? ` · ${day(intl, last.openedAt)}: ${last.faults.map((kind) => FAULT_WORDS[kind][language]).join(', ') || (last.problem ?? '')}`
            : null}
        </small>
        {device.warnings.map((warning) => (
          <small key={warning} data-warning>
            {t(`device.warning.${warning}`)}
          </small>
        ))}
      </span>
    </div>
  );
};

/** Which phone it is: by its number, typed or read by the camera, and what we know of it already. */
export const DeviceNumber = () => {
  const { t } = useWords();
  const { language } = useLanguage();
  const keeper = useKeeper();
  const [scanning, setScanning] = useState<'device.imei' | 'device.imei2' | null>(null);
  const [imei, write] = useField('device.imei');
  const [imei2, write2] = useField('device.imei2');
  const [stays, writeStays] = useField('device.stays');
  const [model, writeModel] = useField('device.modelName');
  const [asked] = useDebouncedValue(readImei(imei ?? ''), 200);
  const known = useQuery(deviceByImeiQuery(asked ?? '')).data ?? null;
  const byTac = useQuery(modelByImeiQuery(asked ?? '')).data ?? null;
  // What its number says need not be typed; what somebody has typed stays.
  const fill = useEffectEvent((found: DeviceModel) => {
    if (model) return;
    keeper.write('device.modelId', found.id);
    writeModel(`${found.brand} ${found.name}`);
  });
  useEffect(() => {
    if (byTac) fill(byTac);
  }, [byTac]);
  const problemOf = (text: string | undefined) => {
    const read = readDeviceNumber(text ?? '');
    return text?.trim() && read.kind === null ? imeiProblemText(read, language) : null;
  };
  const problem = problemOf(imei);
  const take = (reading: Reading) => {
    if (reading.kind !== 'imei') return;
    (scanning === 'device.imei2' ? write2 : write)(groupedImei(reading.imei));
    if (stays === undefined) writeStays('here');
    setScanning(null);
  };
  return (
    <div className={styles.stack}>
      <div className={pieces.withButton}>
        <Line
          path="device.imei"
          label={t('visit.imei')}
          lead={t('device.imei.lead')}
          digits
          maxLength={40}
          shaped={groupedImei}
          problem={problem}
        />
        <button type="button" className={styles.secondary} onClick={() => setScanning('device.imei')}>
          <ScanLine size={20} aria-hidden /> {t('scan.scan')}
        </button>
      </div>
      {known ? <KnownDevice device={known} /> : null}
      <Waiver gate="imei" what={t('visit.imei')} reasons={[t('waiver.why.no_power'), t('waiver.why.unreadable')]} />
      {imei2 === undefined ? (
        <button type="button" className={pieces.waive} onClick={() => write2('')}>
          {t('device.imei2.add')}
        </button>
      ) : (
        <Line
          path="device.imei2"
          label={t('device.imei2')}
          digits
          maxLength={40}
          shaped={groupedImei}
          problem={problemOf(imei2)}
        />
      )}
      <Line path="device.modelName" label={t('visit.model')} maxLength={120} />
      {known?.name && !model ? (
        <div className={pieces.reasons}>
          <button type="button" onClick={() => writeModel(known.name)}>
            {t('device.is_model', { model: known.name })}
          </button>
        </div>
      ) : null}
      <Suspense fallback={null}>
        {scanning ? (
          <ScanDialog
            title={t('scan.imei')}
            lead={t('scan.imei.lead')}
            wanted={['imei']}
            onRead={take}
            onClose={() => setScanning(null)}
          />
        ) : null}
      </Suspense>
    </div>
  );
};

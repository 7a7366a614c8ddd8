import { Camera, ScanLine } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { readLegCode, type Leg, type LegMove, type LegScanBody } from '#contracts';
import { upload } from '../api/upload.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { Pad } from '../counter/pieces/Signature.js';
import { smallPhoto } from '../counter/pieces/photo.js';
import { useWords } from '../i18n/Words.js';
import { fromTyped } from '../i18n/moments.js';
import { handsName } from './custodyEvents.js';
import { arriveLeg, cancelLeg, pickUpLeg } from './custodyRequests.js';
import { useCustodyDeed } from './useCustodyDeed.js';
import styles from './Custody.module.css';

const ScanDialog = lazy(() => import('../counter/scan/ScanDialog.js'));

interface Props {
  leg: Leg;
  move: LegMove;
  /** What was scanned already. */
  scanned: string;
  onClose: () => void;
}

const kept = async (picture: Blob | null, name: string): Promise<string | null> =>
  picture ? (await upload(new File([picture], name, { type: picture.type }), () => undefined)).id : null;

const DEEDS: Record<LegMove, (id: string, body: LegScanBody, key: string) => Promise<Leg>> = {
  pick_up: pickUpLeg,
  arrive: arriveLeg,
  back: cancelLeg,
};

/** It changes hands: its label is scanned, or somebody signs; the seal may be photographed. */
export default function MoveLegDialog({ leg, move, scanned, onClose }: Props) {
  const { t, intl } = useWords();
  const { run, busy, problem } = useCustodyDeed(leg.caseId);
  const [code, setCode] = useState(scanned);
  const [signs, setSigns] = useState(false);
  const [signature, setSignature] = useState<Blob | null>(null);
  const [seal, setSeal] = useState<Blob | null>(null);
  const [tracking, setTracking] = useState(leg.trackingNumber ?? '');
  const [eta, setEta] = useState('');
  const [scanning, setScanning] = useState(false);
  const read = readLegCode(code);
  const isOther = read !== null && read !== leg.code;
  const to = move === 'pick_up' ? leg.courier : move === 'arrive' ? leg.to : leg.from;
  const save = async () => {
    const done = await run(async (key) => {
      const proof = signs ? { signatureId: await kept(signature, 'signature.png') } : { code };
      const sealPhotoId = await kept(seal, 'seal.jpg');
      const leaves = {
        ...(tracking.trim() ? { trackingNumber: tracking.trim() } : {}),
        ...(eta ? { etaAt: fromTyped(intl, eta) } : {}),
      };
      const body = { ...proof, ...(move === 'back' ? {} : { sealPhotoId }), ...(move === 'pick_up' ? leaves : {}) };
      await DEEDS[move](leg.id, body, key);
    });
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t(`leg.move.${move}.title`, { name: leg.deviceName })}
      deed={t(`leg.move.${move}`)}
      {...{ busy, problem, onClose }}
      disabled={signs ? signature === null : read === null || isOther}
      onSubmit={save}
    >
      <p className={forms.lead}>{t('leg.hands', { to: to ? handsName(to, t) : t('leg.whoever') })}</p>
      {signs ? (
        <div>
          <Pad label={t('leg.signature')} onSigned={setSignature} />
          <p className={styles.quiet} role="status">
            {signature ? t('leg.signed') : t('leg.signature')}
          </p>
        </div>
      ) : (
        <label className={forms.field}>
          <span>{t('leg.code')}</span>
          <span className={styles.code}>
            <input
              data-autofocus
              value={code}
              maxLength={40}
              autoComplete="off"
              spellCheck={false}
              placeholder="L-0000-0000"
              aria-invalid={isOther || undefined}
              onChange={({ currentTarget }) => setCode(currentTarget.value)}
            />
            <button type="button" className={styles.photo} onClick={() => setScanning(true)}>
              <ScanLine size={16} aria-hidden /> {t('leg.camera')}
            </button>
          </span>
          <small role={isOther ? 'alert' : undefined}>{t(isOther ? 'leg.code.other' : 'leg.code.lead')}</small>
        </label>
      )}
      <div>
        <button type="button" className={styles.switch} onClick={() => setSigns(!signs)}>
          {t(signs ? 'leg.scan_instead' : 'leg.sign_instead')}
        </button>
      </div>
      {move === 'back' ? null : (
        <div>
          <label className={styles.photo}>
            <Camera size={16} aria-hidden /> {t(seal ? 'leg.seal.taken' : 'leg.seal')}
            <input
              type="file"
              accept="image/*"
              onChange={({ currentTarget }) => {
                const file = currentTarget.files?.[0];
                if (file) void smallPhoto(file).then(setSeal, reportError);
                currentTarget.value = '';
              }}
            />
          </label>
        </div>
      )}
      {move === 'pick_up' ? (
        <div className={forms.two}>
          <label className={forms.field}>
            <span>{t('leg.tracking')}</span>
            <input value={tracking} maxLength={80} onChange={({ currentTarget }) => setTracking(currentTarget.value)} />
          </label>
          <label className={forms.field}>
            <span>{t('leg.eta.when')}</span>
            <input type="datetime-local" value={eta} onChange={({ currentTarget }) => setEta(currentTarget.value)} />
          </label>
        </div>
      ) : null}
      <Suspense fallback={null}>
        {scanning ? (
          <ScanDialog
            title={t('leg.camera.title')}
            lead={t('leg.code.lead')}
            wanted={['leg']}
            onRead={(reading) => {
              if (reading.kind === 'leg') setCode(reading.code);
              setScanning(false);
            }}
            onClose={() => setScanning(false)}
          />
        ) : null}
      </Suspense>
    </FormDialog>
  );
}

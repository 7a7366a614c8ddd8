import { Eraser } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import SignaturePad from 'signature_pad';
import { useWords } from '../../i18n/Words.js';
import { photoUrl } from '../counterRequests.js';
import { useField, useFiles, useKeeper } from '../keep/useIntake.js';
import { isRefused } from '../keep/refusal.js';
import { isSigned } from '../../app/stroke.rules.js';
import styles from './Signature.module.css';

/** How long after the last stroke a signature is taken for finished. */
const SETTLED_MS = 900;
const INK = '#14131a';

const pictureOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((made, failed) =>
    canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error('no picture came of it')))),
  );

/** As many dots as the screen has, with the strokes that are there. */
const fit = (canvas: HTMLCanvasElement, pad: SignaturePad): void => {
  const ratio = Math.max(window.devicePixelRatio, 1);
  const { width, height } = canvas.getBoundingClientRect();
  if (canvas.width === Math.round(width * ratio)) return;
  const strokes = pad.toData();
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.getContext('2d')?.scale(ratio, ratio);
  pad.fromData(strokes);
};

/** Where one signs: paper and ink whatever the colours around it, for it goes onto the receipt. */
export const Pad = ({ label, onSigned }: { label: string; onSigned: (picture: Blob) => void }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const signed = useEffectEvent(onSigned);
  useEffect(() => {
    const paper = canvas.current;
    if (!paper) return;
    const pad = new SignaturePad(paper, { penColor: INK, backgroundColor: '#fff', minWidth: 1, maxWidth: 2.6 });
    let timer: ReturnType<typeof setTimeout> | undefined;
    fit(paper, pad);
    pad.addEventListener('beginStroke', () => clearTimeout(timer));
    pad.addEventListener('endStroke', () => {
      clearTimeout(timer);
      if (isSigned(pad.toData())) timer = setTimeout(() => void pictureOf(paper).then(signed, reportError), SETTLED_MS);
    });
    const watcher = new ResizeObserver(() => fit(paper, pad));
    watcher.observe(paper);
    return () => {
      watcher.disconnect();
      clearTimeout(timer);
      pad.off();
    };
  }, []);
  return <canvas ref={canvas} className={styles.paper} role="img" aria-label={label} />;
};

/** The customer signs with a finger or a pen; whoever cannot, signs on paper, which is a waiver with its reason. */
export const Signature = ({ name }: { name: string }) => {
  const { t } = useWords();
  const keeper = useKeeper();
  const [signatureId, write] = useField('sign.signatureId');
  const [held] = useFiles('sign.signatureId');
  const [turn, setTurn] = useState(0);
  const [local, setLocal] = useState<string | null>(null);
  const shown = local ?? (signatureId ? photoUrl(keeper.id, signatureId) : null);
  useEffect(() => () => (local ? URL.revokeObjectURL(local) : undefined), [local]);
  const again = () => {
    if (held) void keeper.removeFile(held.id);
    write(null);
    setLocal(null);
    setTurn(turn + 1);
  };
  const keep = (picture: Blob) => {
    setLocal(URL.createObjectURL(picture));
    void keeper.addFile('sign.signatureId', picture, 'signature.png');
  };
  return (
    <div className={styles.sign}>
      {shown || held ? (
        <div className={styles.paper} data-signed>
          {shown ? <img src={shown} alt={t('sign.signed', { name })} /> : <p>{t('sign.signed', { name })}</p>}
        </div>
      ) : (
        <Pad key={turn} label={t('sign.pad', { name })} onSigned={keep} />
      )}
      <span className={styles.line} aria-hidden />
      {held && isRefused(held) ? (
        <p role="alert" className={styles.refused}>
          {t('sign.refused')}
        </p>
      ) : null}
      <p className={styles.who}>
        {name}
        <button type="button" onClick={again} disabled={!shown && !held}>
          <Eraser size={18} aria-hidden /> {t('sign.again')}
        </button>
      </p>
    </div>
  );
};

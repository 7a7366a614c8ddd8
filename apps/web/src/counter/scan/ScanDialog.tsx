import { ImageUp } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { Dialog } from '../../app/Dialog.js';
import { useWords } from '../../i18n/Words.js';
import { readingOf, type Reading } from './read.rules.js';
import { useCamera } from './useCamera.js';
import styles from './Scan.module.css';

/** Reading takes longer than a frame: there is always a rest before the next. */
const REST_MS = 120;

interface Props {
  title: string;
  lead: string;
  /** What is wanted; everything else is named and passed over. */
  wanted: readonly Reading['kind'][];
  onRead: (reading: Reading) => void;
  onClose: () => void;
}

const engine = () => import('./detector.js');

/** The camera looks until it has read what is wanted; without one, a picture will do, or one types. */
export default function ScanDialog({ title, lead, wanted, onRead, onClose }: Props) {
  const { t } = useWords();
  const { video, state } = useCamera();
  const [strange, setStrange] = useState<string | null>(null);
  const [nothing, setNothing] = useState(false);

  const take = (texts: readonly string[]): boolean => {
    const readings = texts.map(readingOf).filter((reading) => reading !== null);
    const found = readings.find(({ kind }) => wanted.includes(kind));
    if (found) onRead(found);
    else if (texts[0] !== undefined) setStrange(texts[0].slice(0, 60));
    return found !== undefined;
  };
  const seen = useEffectEvent(take);

  useEffect(() => {
    if (state !== 'on') return;
    let over = false;
    const watch = async () => {
      const { textsIn } = await engine();
      while (!over && video.current) {
        const texts =
          video.current.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await textsIn(video.current) : [];
        if (over || seen(texts)) return;
        await new Promise((rested) => setTimeout(rested, REST_MS));
      }
    };
    watch().catch(reportError);
    return () => {
      over = true;
    };
  }, [state, video]);

  const fromPicture = async (file: File | undefined) => {
    if (!file) return;
    const { textsIn } = await engine();
    setNothing(!take(await textsIn(file)));
  };

  return (
    <Dialog title={title} size={560} onClose={onClose}>
      <p className={styles.lead}>{lead}</p>
      {state === 'asking' || state === 'on' ? (
        <div className={styles.view} data-on={state === 'on' || undefined}>
          <video ref={video} muted playsInline aria-label={t('scan.view')} />
          <span className={styles.frame} aria-hidden />
        </div>
      ) : (
        <p className={styles.without} role="alert">
          {t(`scan.${state}`)}
        </p>
      )}
      <p className={styles.strange} role="status">
        {nothing ? t('scan.nothing') : strange ? t('scan.strange', { text: strange }) : null}
      </p>
      <div className={styles.deeds}>
        <label className={styles.picture}>
          <ImageUp size={20} aria-hidden /> {t('scan.picture')}
          <input
            type="file"
            accept="image/*"
            onChange={(event) => {
              void fromPicture(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        <button type="button" onClick={onClose}>
          {t('scan.type')}
        </button>
      </div>
    </Dialog>
  );
}

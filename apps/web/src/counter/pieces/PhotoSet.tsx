import { Camera, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { IntakePath } from '#contracts';
import type { Key } from '../../i18n/es.js';
import { useWords } from '../../i18n/Words.js';
import { photoUrl } from '../counterRequests.js';
import { isRefused } from '../keep/refusal.js';
import type { HeldFile } from '../keep/shelf.js';
import { useField, useFiles, useKeeper } from '../keep/useIntake.js';
import { smallPhoto } from './photo.js';
import styles from './PhotoSet.module.css';

type PhotoPath = Extract<IntakePath, 'device.photoIds' | 'keep.photoIds' | 'back.photoIds'>;

/** A photo that is on this tablet only. */
const Held = ({ file, label }: { file: HeldFile; label: string }) => {
  const url = useMemo(() => URL.createObjectURL(file.blob), [file.blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return <img src={url} alt={label} />;
};

const REFUSALS: Record<string, Key> = {
  'photo.unreadable': 'counter.photo.refused.unreadable',
  'attachment.too_large': 'counter.photo.refused.too_large',
};
const labelOf = (file: HeldFile): Key => (isRefused(file) ? 'counter.photo.not_taken' : 'counter.photo.waiting');

/** Photos as they are taken: made small here, kept here until the server has them. */
export const PhotoSet = ({ path, legend }: { path: PhotoPath; legend: string }) => {
  const { t } = useWords();
  const keeper = useKeeper();
  const [ids, write] = useField(path);
  const files = useFiles(path);
  const [refused, setRefused] = useState<string | null>(null);
  const [making, setMaking] = useState(0);
  const stored = ids ?? [];

  const add = async (file: File) => {
    setMaking((count) => count + 1);
    try {
      await keeper.addFile(path, await smallPhoto(file), `${file.name.replace(/\.[^.]*$/u, '') || 'photo'}.jpg`);
    } catch (error) {
      if (!(error instanceof DOMException)) reportError(error);
      setRefused(file.name);
    } finally {
      setMaking((count) => count - 1);
    }
  };

  return (
    <section aria-label={legend}>
      <h2 className={styles.label}>{legend}</h2>
      <ul className={styles.photos}>
        {stored.map((id, index) => (
          <li key={id}>
            <img src={photoUrl(keeper.id, id)} alt={t('counter.photo', { number: index + 1 })} />
            <button
              type="button"
              onClick={() => write(stored.filter((one) => one !== id))}
              aria-label={t('counter.photo.remove', { number: index + 1 })}
            >
              <X size={18} />
            </button>
          </li>
        ))}
        {files.map((file, index) => (
          <li key={file.id} data-waiting={isRefused(file) ? undefined : ''} data-refused={file.refused}>
            <Held file={file} label={t(labelOf(file), { number: stored.length + index + 1 })} />
            <button
              type="button"
              onClick={() => void keeper.removeFile(file.id)}
              aria-label={t('counter.photo.remove', { number: stored.length + index + 1 })}
            >
              <X size={18} />
            </button>
          </li>
        ))}
        <li className={styles.add} aria-busy={making > 0 || undefined}>
          <label>
            <Camera size={24} aria-hidden />
            {t('counter.photo.add')}
            <input
              type="file"
              accept="image/*"
              multiple
              onChange={(event) => {
                setRefused(null);
                for (const file of event.currentTarget.files ?? []) void add(file);
                event.currentTarget.value = '';
              }}
            />
          </label>
        </li>
      </ul>
      {files.map(({ id, refused: code }, index) =>
        code === undefined ? null : (
          <p key={id} role="alert" className={styles.refused}>
            {t(REFUSALS[code] ?? 'counter.photo.refused.other', { number: stored.length + index + 1 })}
          </p>
        ),
      )}
      {refused ? (
        <p role="alert" className={styles.refused}>
          {t('counter.photo.refused', { name: refused })}
        </p>
      ) : null}
    </section>
  );
};

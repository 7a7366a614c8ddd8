import { Camera, X } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { isPhoto, type UploadedAttachment } from '#contracts';
import { attachmentUrl } from '../api/requests.js';
import { useUploads } from '../case/useUploads.js';
import { useWords } from '../i18n/Words.js';
import type { ChangeVisit } from './visitDraft.js';
import styles from './Photos.module.css';

interface Props {
  photos: UploadedAttachment[];
  change: ChangeVisit;
  onBusy: (busy: boolean) => void;
}

/** Photos of the device, sent as they are taken, each with its own progress. */
export const Photos = ({ photos, change, onBusy }: Props) => {
  const { t } = useWords();
  const store = useCallback(
    (photo: UploadedAttachment) => change((held) => ({ photos: [...held.photos, photo] })),
    [change],
  );
  const { uploads, add, drop, busy } = useUploads(store, isPhoto);
  useEffect(() => onBusy(busy), [busy, onBusy]);
  return (
    <section aria-label={t('visit.photos')}>
      <h2 className={styles.label}>{t('visit.photos')}</h2>
      <ul className={styles.photos}>
        {photos.map(({ id, fileName }) => (
          <li key={id}>
            <img src={attachmentUrl(id)} alt={t('attachment.image', { name: fileName })} />
            <button
              type="button"
              onClick={() => change((held) => ({ photos: held.photos.filter((photo) => photo.id !== id) }))}
              aria-label={t('attachment.remove', { name: fileName })}
            >
              <X size={18} />
            </button>
          </li>
        ))}
        {uploads.map(({ key, name, share, failed, refused }) => (
          <li key={key} data-failed={failed || undefined}>
            {failed ? (
              <span role="alert">{t(refused ? 'visit.not_photo' : 'attachment.failed', { name })}</span>
            ) : (
              <progress value={share} aria-label={t('attachment.uploading', { name, share })} />
            )}
            <button type="button" onClick={() => drop(key)} aria-label={t('attachment.remove', { name })}>
              <X size={18} />
            </button>
          </li>
        ))}
        <li className={styles.add}>
          <label>
            <Camera size={24} aria-hidden />
            {t('visit.add_photo')}
            <input
              type="file"
              accept="image/*"
              multiple
              onChange={(event) => {
                add(event.currentTarget.files ?? []);
                event.currentTarget.value = '';
              }}
            />
          </label>
        </li>
      </ul>
    </section>
  );
};

import { CircleAlert, Link2, Paperclip, X } from 'lucide-react';
import type { UploadedAttachment } from '#contracts';
import { useFileSize } from '../app/fileSize.js';
import { useWords } from '../i18n/Words.js';
import type { Upload } from './useUploads.js';
import styles from './UploadTray.module.css';

interface Props {
  stored: UploadedAttachment[];
  /** Those of them a mail has no room for. */
  linked: UploadedAttachment[];
  uploads: Upload[];
  onRemove: (id: string) => void;
  onDrop: (key: string) => void;
}

/** What will leave with the message: stored files, and those on their way with their progress. */
export const UploadTray = ({ stored, linked, uploads, onRemove, onDrop }: Props) => {
  const { t } = useWords();
  const sizeText = useFileSize();
  if (stored.length === 0 && uploads.length === 0) return null;
  return (
    <ul className={styles.tray} aria-label={t('attachment.list')}>
      {stored.map((file) => {
        const asLink = linked.includes(file);
        return (
          <li key={file.id} title={asLink ? t('attachment.linked.why') : undefined}>
            {asLink ? <Link2 size={14} aria-hidden /> : <Paperclip size={14} aria-hidden />}
            <span>{file.fileName}</span>
            <small>
              {sizeText(file.size)}
              {asLink ? ` · ${t('attachment.linked')}` : null}
            </small>
            <button
              type="button"
              onClick={() => onRemove(file.id)}
              aria-label={t('attachment.remove', { name: file.fileName })}
            >
              <X size={14} />
            </button>
          </li>
        );
      })}
      {uploads.map(({ key, name, share, failed }) => (
        <li key={key} data-failed={failed || undefined}>
          {failed ? <CircleAlert size={14} aria-hidden /> : <Paperclip size={14} aria-hidden />}
          <span>{failed ? t('attachment.failed', { name }) : name}</span>
          {failed ? null : <progress value={share} aria-label={t('attachment.uploading', { name, share })} />}
          <button type="button" onClick={() => onDrop(key)} aria-label={t('attachment.remove', { name })}>
            <X size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
};

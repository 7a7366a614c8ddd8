import { Download, File, FileText, Film, Music } from 'lucide-react';
import { useState } from 'react';
import type { Attachment } from '#contracts';
import { attachmentUrl } from '../api/requests.js';
import { Dialog } from '../app/Dialog.js';
import { useFileSize } from '../app/fileSize.js';
import { useWords } from '../i18n/Words.js';
import styles from './Attachments.module.css';

/** Kinds a browser shows by itself and that cannot carry scripts. */
const SHOWN = /^image\/(jpeg|png|gif|webp|avif)$/;

const FileGlyph = ({ contentType }: { contentType: string }) => {
  if (contentType.startsWith('video/')) return <Film size={16} aria-hidden />;
  if (contentType.startsWith('audio/')) return <Music size={16} aria-hidden />;
  if (contentType === 'application/pdf' || contentType.startsWith('text/')) return <FileText size={16} aria-hidden />;
  return <File size={16} aria-hidden />;
};

const Picture = ({ attachment }: { attachment: Attachment }) => {
  const { t } = useWords();
  const [large, setLarge] = useState(false);
  const { id, fileName } = attachment;
  return (
    <>
      <button
        type="button"
        className={styles.picture}
        onClick={() => setLarge(true)}
        aria-label={t('attachment.open', { name: fileName })}
      >
        <img src={attachmentUrl(id)} alt="" loading="lazy" decoding="async" />
      </button>
      <Dialog opened={large} onClose={() => setLarge(false)} size="auto" centered title={fileName}>
        <img className={styles.large} src={attachmentUrl(id)} alt={t('attachment.image', { name: fileName })} />
        <a className={styles.download} href={attachmentUrl(id, true)} download={fileName}>
          <Download size={14} /> {t('attachment.download', { name: fileName })}
        </a>
      </Dialog>
    </>
  );
};

const Document = ({ attachment }: { attachment: Attachment }) => {
  const { t } = useWords();
  const sizeText = useFileSize();
  const { id, fileName, contentType, size } = attachment;
  return (
    <a
      className={styles.document}
      href={attachmentUrl(id, true)}
      download={fileName}
      aria-label={t('attachment.download', { name: fileName })}
    >
      <FileGlyph contentType={contentType} />
      <span>{fileName}</span>
      <small>{sizeText(size)}</small>
    </a>
  );
};

/** Files of an entry: pictures in place, everything else by name. */
export const Attachments = ({ attachments, padded = false }: { attachments: Attachment[]; padded?: boolean }) => {
  const { t } = useWords();
  if (attachments.length === 0) return null;
  return (
    <ul className={styles.list} data-padded={padded || undefined} aria-label={t('attachment.list')}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          {SHOWN.test(attachment.contentType) ? (
            <Picture attachment={attachment} />
          ) : (
            <Document attachment={attachment} />
          )}
        </li>
      ))}
    </ul>
  );
};

import { MAIL_ATTACH_BYTES, type Thread } from '#contracts';
import { useFileSize } from '../app/fileSize.js';
import { useNow } from '../app/now.js';
import { useMailAttachBytes } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { clock } from '../i18n/moments.js';

/** What a reply by this way may be and when it would leave, in words, before one is written. */
export const useLimits = (thread: Thread | null): string | null => {
  const { t, intl } = useWords();
  const sizeText = useFileSize();
  const now = useNow();
  const attached = useMailAttachBytes() ?? MAIL_ATTACH_BYTES;
  const limits = thread?.limits;
  if (!thread || !limits) return null;
  const letters = limits.textLength;
  const what =
    thread.channel === 'email'
      ? t('limits.email', { letters, size: sizeText(attached) })
      : limits.files
        ? t('limits.twitter', { letters, files: limits.files.most })
        : t('limits.twitter.text_only', { letters });
  const { waiting = 0, eta = null } = limits.queue ?? {};
  const later = eta !== null && Date.parse(eta) > now;
  if (waiting === 0 && !later) return what;
  return later
    ? t('limits.queue_at', { count: waiting, time: clock(intl, eta) })
    : t('limits.queue', { count: waiting });
};

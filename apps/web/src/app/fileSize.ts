import { useCallback } from 'react';
import { useWords } from '../i18n/Words.js';

/** "820 B", "14.2 kB", "3.1 MB" in the reader's language; decimal units, as files are sold. */
export const useFileSize = (): ((bytes: number) => string) => {
  const { t } = useWords();
  return useCallback(
    (bytes) => {
      if (bytes < 1000) return t('size.bytes', { size: bytes });
      if (bytes < 1_000_000) return t('size.kb', { size: bytes / 1000 });
      return t('size.mb', { size: bytes / 1_000_000 });
    },
    [t],
  );
};

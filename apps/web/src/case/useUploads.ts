import { useCallback, useRef, useState } from 'react';
import type { UploadedAttachment } from '#contracts';
import { newKey } from '../api/requests.js';
import { upload } from '../api/upload.js';

export interface Upload {
  key: string;
  name: string;
  /** 0 to 1. */
  share: number;
  failed: boolean;
  /** Not even tried: no file of a kind that is taken here. */
  refused?: boolean;
}

/**
 * Files on their way into storage, each with its own progress; `onStored` gets every file that made it. `takes` says which
 * kinds are taken; the others are shown as refused.
 */
export const useUploads = (onStored: (file: UploadedAttachment) => void, takes?: (contentType: string) => boolean) => {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  const edit = useCallback(
    (key: string, change: Partial<Upload>) =>
      setUploads((held) => held.map((one) => (one.key === key ? { ...one, ...change } : one))),
    [],
  );
  const drop = useCallback((key: string) => {
    aborts.current.get(key)?.abort();
    aborts.current.delete(key);
    setUploads((held) => held.filter((one) => one.key !== key));
  }, []);
  const start = useCallback(
    async (file: File) => {
      const key = newKey();
      if (takes && !takes(file.type)) {
        setUploads((held) => [...held, { key, name: file.name, share: 0, failed: true, refused: true }]);
        return;
      }
      const abort = new AbortController();
      aborts.current.set(key, abort);
      setUploads((held) => [...held, { key, name: file.name, share: 0, failed: false }]);
      try {
        onStored(await upload(file, (share) => edit(key, { share }), abort.signal));
        drop(key);
      } catch (error) {
        if (abort.signal.aborted) return;
        reportError(error);
        edit(key, { failed: true });
      }
    },
    [drop, edit, onStored, takes],
  );
  const add = useCallback((files: Iterable<File>) => [...files].forEach((file) => void start(file)), [start]);
  return { uploads, add, drop, busy: uploads.some(({ failed }) => !failed) };
};

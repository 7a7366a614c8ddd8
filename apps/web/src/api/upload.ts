import type { UploadedAttachment } from '#contracts';
import { addressOf, ApiFailure, failureOf, noticed } from './http.js';
import { newKey } from './requests.js';

/**
 * Sends one file (multipart field `file`) and tells its progress, 0 to 1. `fetch` cannot report what it has sent, so this one
 * call is an XMLHttpRequest. Aborting rejects with the signal's reason.
 * @param key the same for every try of one file, where it is taken once
 */
export const upload = (
  file: File,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
  { path = '/attachments', key = newKey() }: { path?: string; key?: string } = {},
): Promise<UploadedAttachment> =>
  new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', addressOf(path));
    call.setRequestHeader('accept', 'application/json');
    call.setRequestHeader('idempotency-key', key);
    call.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    call.addEventListener('load', () => {
      if (call.status >= 200 && call.status < 300) resolve(JSON.parse(call.responseText) as UploadedAttachment);
      else reject(noticed(failureOf(call.status, call.responseText)));
    });
    call.addEventListener('error', () => reject(new ApiFailure(0, 'network.unreachable', 'network.unreachable')));
    call.addEventListener('abort', () => reject(signal?.reason));
    signal?.addEventListener('abort', () => call.abort(), { once: true });
    const form = new FormData();
    form.append('file', file, file.name);
    call.send(form);
  });

import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { readCode } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { isTyping } from '../app/keys.js';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { heard, takeScanned } from './burst.js';
import { scanCode } from './trackingRequests.js';

/** A code that is scanned opens its case, wherever one is and whatever has the focus but a field. */
export const useScanner = (): void => {
  const { t } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const open = async (code: string, reference: string) => {
    try {
      await scanCode(code);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      // The page of a case that is not theirs offers to open it with a reason.
      if (error.status !== 404 || may('case.read_all')) return notify(t('code.unknown'));
    }
    await navigate({ to: '/cases/$reference', params: { reference }, search: { view: 'open' } });
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key.length === 1) heard(event.key);
    if (event.key !== 'Enter') return;
    const written = takeScanned();
    const code = written === null ? null : readCode(written);
    if (written === null || code === null) return;
    event.preventDefault();
    event.stopPropagation();
    void open(written, code.reference);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    // Before all others: a scanner's Enter is no Enter of a person.
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
};

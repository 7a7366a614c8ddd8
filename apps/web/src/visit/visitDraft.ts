import { useCallback, useState } from 'react';
import type { CustomerRow, ImpactKind, UploadedAttachment, VisitAnswer } from '#contracts';
import type { z } from 'zod';
import { newKey } from '../api/requests.js';
import type { StatedPerson } from './visit.rules.js';

export type FoundCustomer = z.infer<typeof CustomerRow>;

/** Everything of a visit in the making; kept on the tablet with every change, so that a reload or a fall loses nothing. */
export interface VisitDraft {
  /** One key per visit: saving twice is one visit. */
  key: string;
  storeId: string;
  looked: string;
  /** Somebody we know. */
  found: FoundCustomer | null;
  /** Somebody we do not. */
  person: StatedPerson | null;
  text: string;
  lacks: ImpactKind[];
  imei: string;
  model: string;
  photos: UploadedAttachment[];
}

const KEPT = 'hilo.visit';
const fresh = (storeId: string): VisitDraft => ({
  key: newKey(),
  storeId,
  looked: '',
  found: null,
  person: null,
  text: '',
  lacks: [],
  imei: '',
  model: '',
  photos: [],
});

const read = (storeId: string): VisitDraft => {
  const kept = localStorage.getItem(KEPT);
  return kept ? { ...fresh(storeId), ...(JSON.parse(kept) as Partial<VisitDraft>) } : fresh(storeId);
};

/** The visit in the making and how it changes. */
export const useVisitDraft = (storeId: string) => {
  const [draft, setDraft] = useState(() => read(storeId));
  const change = useCallback((part: Partial<VisitDraft> | ((held: VisitDraft) => Partial<VisitDraft>)) => {
    setDraft((held) => {
      const next = { ...held, ...(typeof part === 'function' ? part(held) : part) };
      localStorage.setItem(KEPT, JSON.stringify(next));
      return next;
    });
  }, []);
  const forget = useCallback(() => {
    localStorage.removeItem(KEPT);
    setDraft((held) => fresh(held.storeId));
  }, []);
  return { draft, change, forget };
};
export type ChangeVisit = ReturnType<typeof useVisitDraft>['change'];

export interface SavedVisit {
  answer: z.infer<typeof VisitAnswer>;
  name: string;
  joined: boolean;
}

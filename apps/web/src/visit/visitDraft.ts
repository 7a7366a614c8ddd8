import { useCallback, useState } from 'react';
import type { CustomerRow, ImpactKind, UploadedAttachment, VisitAnswer } from '#contracts';
import type { z } from 'zod';
import { newKey } from '../api/requests.js';
import type { StatedPerson, StatedReach } from './visit.rules.js';

export type FoundCustomer = z.infer<typeof CustomerRow>;

/** Everything of a visit in the making; kept on the tablet with every change, so that a reload or a fall loses nothing. */
export interface VisitDraft {
  /** One key per visit: saving twice is one visit. */
  key: string;
  storeId: string;
  looked: string;
  /** Somebody we know. */
  found: FoundCustomer | null;
  /** New addresses of somebody we know; null until one is offered. */
  added: StatedReach | null;
  /** Somebody we do not. */
  person: StatedPerson | null;
  text: string;
  lacks: ImpactKind[];
  imei: string;
  model: string;
  photos: UploadedAttachment[];
}

/** Tablets are passed from hand to hand: each person finds the visit they were writing down, and nobody else's. */
const keyOf = (writerId: string): string => `hilo.visit.${writerId}`;
const fresh = (storeId: string): VisitDraft => ({
  key: newKey(),
  storeId,
  looked: '',
  found: null,
  added: null,
  person: null,
  text: '',
  lacks: [],
  imei: '',
  model: '',
  photos: [],
});

const read = (writerId: string, storeId: string): VisitDraft => {
  const kept = localStorage.getItem(keyOf(writerId));
  return kept ? { ...fresh(storeId), ...(JSON.parse(kept) as Partial<VisitDraft>) } : fresh(storeId);
};

/** The visit this person is writing down, and how it changes. */
export const useVisitDraft = (writerId: string, storeId: string) => {
  const [draft, setDraft] = useState(() => read(writerId, storeId));
  const change = useCallback(
    (part: Partial<VisitDraft> | ((held: VisitDraft) => Partial<VisitDraft>)) => {
      setDraft((held) => {
        const next = { ...held, ...(typeof part === 'function' ? part(held) : part) };
        localStorage.setItem(keyOf(writerId), JSON.stringify(next));
        return next;
      });
    },
    [writerId],
  );
  const forget = useCallback(() => {
    localStorage.removeItem(keyOf(writerId));
    setDraft((held) => fresh(held.storeId));
  }, [writerId]);
  return { draft, change, forget };
};
export type ChangeVisit = ReturnType<typeof useVisitDraft>['change'];

export interface SavedVisit {
  answer: z.infer<typeof VisitAnswer>;
  name: string;
  joined: boolean;
}

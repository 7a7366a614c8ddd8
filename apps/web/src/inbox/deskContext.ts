import { createContext, use } from 'react';
import type { CaseRow, CaseView } from '#contracts';

interface DeskState {
  view: CaseView;
  rows: CaseRow[];
  /** Opens the queue's drawer where the queue is not on the screen. */
  openQueue: () => void;
}

export const DeskContext = createContext<DeskState | null>(null);

/** What the queue beside the case shows. */
export const useDesk = (): DeskState => {
  const desk = use(DeskContext);
  if (!desk) throw new Error('useDesk needs <Desk>');
  return desk;
};

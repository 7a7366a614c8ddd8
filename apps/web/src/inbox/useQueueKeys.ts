import { useNavigate } from '@tanstack/react-router';
import type { CaseRow, CaseView } from '#contracts';
import { useKeys } from '../app/keys.js';

interface Props {
  rows: CaseRow[];
  view: CaseView;
  /** The open case. */
  reference: string | undefined;
  /** The row j and k stand on while no case is open. */
  cursor: string | null;
  setCursor: (reference: string | null) => void;
}

/** j/k walk the list (and with a case open, the cases), Enter opens, u goes back. */
export const useQueueKeys = ({ rows, view, reference, cursor, setCursor }: Props): void => {
  const navigate = useNavigate();
  const open = (target: string) =>
    void navigate({ to: '/cases/$reference', params: { reference: target }, search: { view } });
  const step = (by: 1 | -1) => {
    const current = reference ?? cursor;
    const at = rows.findIndex((row) => row.reference === current);
    const next = rows[at < 0 ? 0 : at + by];
    if (!next) return;
    if (reference) open(next.reference);
    else setCursor(next.reference);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      if (!reference && cursor) open(cursor);
    },
    u: () => {
      if (!reference) return;
      setCursor(reference);
      void navigate({ to: '/inbox', search: { view } });
    },
  });
};

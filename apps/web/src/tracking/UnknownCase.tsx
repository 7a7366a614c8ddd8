import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { parseReference } from '#contracts';
import { CaseBones } from '../case/CaseBones.js';
import { NotFound } from '../app/Fallbacks.js';
import { useMay } from '../app/session.js';
import { scanCode } from './trackingRequests.js';
import { BreakGlass } from './BreakGlass.js';

const PROOF = /^#?([a-z2-7]{16})$/u;

/**
 * A case that is not there, or not theirs to see. What was scanned off a receipt carries a proof behind the #, which opens it;
 * store staff may open another store's with a reason.
 */
export const UnknownCase = ({ reference }: { reference: string }) => {
  const may = useMay();
  const client = useQueryClient();
  const proof = PROOF.exec(window.location.hash)?.[1];
  const canonical = parseReference(reference);
  const shown = useQuery({
    queryKey: ['scan', canonical, proof],
    queryFn: () => scanCode(`/c/${canonical}#${proof}`),
    enabled: canonical !== null && proof !== undefined,
    retry: false,
    staleTime: Infinity,
  });
  useEffect(() => {
    if (shown.isSuccess) void client.invalidateQueries({ queryKey: ['case'] });
  }, [shown.isSuccess, client]);
  if (shown.isLoading || shown.isSuccess) return <CaseBones reference={reference} />;
  return canonical === null || may('case.read_all') ? <NotFound /> : <BreakGlass reference={canonical} />;
};

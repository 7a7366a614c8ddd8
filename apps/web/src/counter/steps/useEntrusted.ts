import { useQuery } from '@tanstack/react-query';
import { coversModel, entrustedTo, worksOnPhones, type HandoffPreview, type Partner } from '#contracts';
import { partnersQuery } from '../../handoff/handoffRequests.js';
import { handoffLookQuery } from '../counterRequests.js';
import { useGates, useKeeper, useSnapshot, useValues } from '../keep/useIntake.js';

interface Entrusted {
  /** Those whose agreement is about this phone; undefined: not known here yet. */
  companies: Partner[] | undefined;
  /** Whether somebody was chosen, be it known here who that is or not. */
  isChosen: boolean;
  partner: Partner | undefined;
  /** What they would see; undefined until the server was told who it is; as it was while it is told more. */
  look: HandoffPreview | undefined;
  isStale: boolean;
  failure: Error | null;
  again: () => void;
}

/** Who takes the phone, and what they will see of all this: the server says so of what it was told. */
export const useEntrusted = (): Entrusted => {
  const keeper = useKeeper();
  const { intake, line, state } = useSnapshot(keeper);
  const values = useValues();
  const isNobody = useGates().some(({ code }) => code === 'who');
  const items = useQuery(partnersQuery).data?.items;
  const model = values['device.modelName'] ?? '';
  const partnerId = entrustedTo(values);
  const told = Object.values(intake?.kept.fields ?? {}).reduce((sum, { version }) => sum + version, 0);
  const isTold = line === 'saved' && state === 'open' && keeper.unsaved === 0;
  const look = useQuery({
    ...handoffLookQuery(keeper.id, partnerId ?? '', told),
    enabled: partnerId !== null && isTold && !isNobody,
    // Of the same company only: what one would see is nothing another one sees.
    placeholderData: (before, query) => (query?.queryKey[2] === partnerId ? before : undefined),
  });
  return {
    companies: items?.filter(({ active, kind, terms }) => active && worksOnPhones(kind) && coversModel(terms, model)),
    isChosen: partnerId !== null,
    partner: items?.find(({ id }) => id === partnerId),
    look: partnerId === null || look.isError ? undefined : look.data,
    isStale: !isTold || look.isFetching,
    failure: look.error,
    again: () => void look.refetch(),
  };
};

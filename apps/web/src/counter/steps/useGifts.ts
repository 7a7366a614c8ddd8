import { useQuery } from '@tanstack/react-query';
import { isBenefitOver, type Benefit, type CaseBenefits, type IntakeKind } from '#contracts';
import { useMay } from '../../app/session.js';
import { benefitsQuery } from '../../goodwill/goodwillRequests.js';
import { useKeeper, useSnapshot, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import { aboveLimit, type TakenGift } from './gifts.rules.js';

interface Gifts {
  benefits: CaseBenefits;
  /** What a rule proposes and nobody has taken up. */
  proposed: Benefit[];
  /** What they have already, and what waits for somebody with more say. */
  standing: Benefit[];
  taken: TakenGift[];
  /** What somebody with more say decides. */
  waiting: Set<string>;
}

/** A discount is on days without service: who fetches a phone that works has no more of them. */
const fitsThe = (kind: IntakeKind, benefit: Benefit): boolean => kind === 'intake' || benefit.kind !== 'fee_discount';

/** What this person is offered for their trouble, the same to whoever serves them; null: nothing is known of it. */
export const useGifts = (): Gifts | null => {
  const may = useMay();
  const { intake } = useSnapshot(useKeeper());
  const { detail } = useWho();
  const taken = useValues()['give.benefits'] ?? [];
  const benefits = useQuery({
    ...benefitsQuery(detail?.id ?? '', detail?.version ?? 0),
    enabled: detail !== null && may('goodwill.read'),
  }).data;
  if (!benefits) return null;
  const open = benefits.items.filter(({ state }) => !isBenefitOver(state));
  const isFree = ({ state, askedBy }: Benefit) => state === 'proposed' && askedBy === null;
  const proposed = open.filter((one) => isFree(one) && benefits.canGive && fitsThe(intake?.kind ?? 'intake', one));
  const held = taken.filter(({ id }) => open.some((one) => one.id === id && isFree(one)));
  return {
    ...{ benefits, proposed, taken: held },
    standing: open.filter((one) => !isFree(one)),
    waiting: aboveLimit(proposed, held, benefits.left.cents),
  };
};
